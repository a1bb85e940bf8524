import { addressesOf } from "./qemu-addresses";
import { DISKS, IP_CONFIGS, NETWORK_CARDS } from "./qemu-devices";
import { describedAs } from "../session/mark";
import { QEMU_SCHEMA } from "./qemu-schema";
import { UNKNOWN, type ObjectValue, type Value } from "../plugin/value";
import {
  bytesToGiB,
  parseDisk,
  parseDiskRequest,
  printDiskRequest,
  printSize,
  parseSizeBytes,
} from "../proxmox/disk";
import { parseNetworkDevice, printNetworkDevice } from "../proxmox/network-device";
import { parsePropertyBoolean, parsePropertyString } from "../proxmox/property-string";
import { decodeSshKeys } from "../proxmox/ssh-keys";
import { parseTags } from "../proxmox/tags";
import { printVmId, smbiosUuid, type VmConfig, type VmPlace } from "../proxmox/virtual-machine";
import { showValue } from "../plugin/object-values";

/**
 * A VM's state from what Proxmox says of it.
 *
 * @param known what is known so far (prior state, or the plan just carried out): texts that mean the same are kept to
 *   the letter, and what Proxmox does not report stays
 */
export function stateFromConfig(known: ObjectValue, place: VmPlace, config: VmConfig): ObjectValue {
  const state = withoutUnknowns(known);
  state["id"] = printVmId(place);
  state["vmid"] = place.vmid;
  state["node"] ??= place.node;
  // While it is being cloned a VM has no UUID of its own yet.
  state["smbios_uuid"] =
    config["lock"] === "clone" ? (state["smbios_uuid"] ?? "") : (smbiosUuid(config) ?? null);
  Object.assign(state, attributesOf(config, state));
  state["wait_for"] ??= "agent";
  return { ...state, ...addressesOf(state["ipconfig0"] ?? null, state) };
}

/** Planned values with `null` for what was to be found out: the state of a VM that is not finished. */
export function withoutUnknowns(values: ObjectValue): ObjectValue {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value === UNKNOWN ? null : value]),
  );
}

/**
 * The attributes that a VM's configuration gives.
 *
 * @param known where a text is known that means the same it is kept to the letter
 */
export function attributesOf(config: VmConfig, known: ObjectValue): ObjectValue {
  return Object.fromEntries(
    Object.entries(readConfig(config, known)).map(([attribute, actual]) => [
      attribute,
      keepKnown(attribute, known[attribute] ?? null, actual),
    ]),
  );
}

function readConfig(config: VmConfig, known: ObjectValue): ObjectValue {
  const text = (key: string): string | null => {
    const value = config[key];
    return value === undefined ? null : String(value);
  };
  const each = (keys: readonly string[], read: (stored: string | null, key: string) => Value): ObjectValue =>
    Object.fromEntries(keys.map((key) => [key, read(text(key), key)]));
  return {
    name: text("name") ?? "",
    cores: Number(config["cores"] ?? 1),
    sockets: Number(config["sockets"] ?? 1),
    cpu: readCpu(text("cpu")),
    memory: readMemoryMiB(text("memory")),
    ...each(NETWORK_CARDS, (stored, key) => readNetworkDevice(stored, known[key] ?? null)),
    ...each(DISKS, readDisk),
    ciuser: text("ciuser"),
    sshkeys: readSshKeys(text("sshkeys")),
    ...each(IP_CONFIGS, (stored) => stored),
    nameserver: text("nameserver"),
    searchdomain: text("searchdomain"),
    agent: parsePropertyBoolean(parsePropertyString(text("agent") ?? "0", "enabled").get("enabled") ?? "0"),
    onboot: text("onboot") === "1",
    tags: parseTags(text("tags") ?? ""),
    description: describedAs(config).text || null,
  };
}

/** What a VM without the setting runs with. Source: qemu-server src/PVE/QemuServer.pm. */
function readCpu(text: string | null): string {
  if (text === null) return "kvm64";
  return text.replace(/^cputype=/, "");
}

function readMemoryMiB(text: string | null): number {
  return Number(parsePropertyString(text ?? "512", "current").get("current"));
}

function readSshKeys(text: string | null): string | null {
  if (text === null) return null;
  try {
    return decodeSshKeys(text);
  } catch {
    return text;
  }
}

/** The MAC address is shown only to who has set one: it is Proxmox's own business otherwise. */
function readNetworkDevice(text: string | null, known: Value): string | null {
  if (text === null) return null;
  try {
    const { macAddress, ...device } = parseNetworkDevice(text);
    const hides =
      typeof known === "string" && known !== "" && parseNetworkDevice(known).macAddress === undefined;
    return printNetworkDevice(hides ? device : { ...device, macAddress });
  } catch {
    return text;
  }
}

function readDisk(text: string | null): string | null {
  const disk = text === null ? undefined : parseDisk(text);
  if (disk?.sizeBytes === undefined) return null;
  return printDiskRequest({ storage: disk.storage, sizeGiB: bytesToGiB(disk.sizeBytes) });
}

/** Keeps the text that is known where the VM has what it asks for. */
function keepKnown(attribute: string, known: Value, actual: Value): Value {
  if (known === null) return actual;
  if (actual === null) return known === "" ? known : null;
  try {
    if (DISKS.includes(attribute)) return sameDisk(showValue(known), showValue(actual)) ? known : actual;
    const equivalent = QEMU_SCHEMA.block.attributes[attribute]?.equivalent;
    return equivalent?.(actual, known) === true ? known : actual;
  } catch {
    // What Proxmox holds need not be something this provider would take.
    return actual;
  }
}

/** Sizes are the same when Proxmox would make the same of them: it counts in whole MiB. */
function sameDisk(known: string, actual: string): boolean {
  const [a, b] = [parseDiskRequest(known), parseDiskRequest(actual)];
  return (
    a.storage === b.storage && parseSizeBytes(printSize(a.sizeGiB)) === parseSizeBytes(printSize(b.sizeGiB))
  );
}
