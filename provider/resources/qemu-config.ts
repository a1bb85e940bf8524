import type { Context } from "../plugin/provider";
import { UNKNOWN, type ObjectValue, type Value } from "../plugin/value";
import type { Parameters } from "../proxmox/api-client";
import { findMacAddress, parseNetworkDevice, printNetworkDevice } from "../proxmox/network-device";
import { reach, type Goal } from "../proxmox/persistence";
import { parsePropertyString, printPropertyString } from "../proxmox/property-string";
import { encodeSshKeys } from "../proxmox/ssh-keys";
import { normalizeTags } from "../proxmox/tags";
import { waitForTask } from "../proxmox/tasks";
import { changeVmConfig, readVmConfig, type VmConfig, type VmPlace } from "../proxmox/virtual-machine";
import type { Deadline } from "../proxmox/waiting";
import type { Proxmox } from "../session/proxmox";
import { dataDiskChanges } from "./qemu-data-disk";
import { IP_CONFIGS, NETWORK_CARDS } from "./qemu-devices";
import { describedAs, printMark } from "../session/mark";
import { attributesOf, withoutUnknowns } from "./qemu-state";
import { showValue } from "../plugin/object-values";

/** Attributes that stand in the VM's configuration under their own names, in the order they are sent. */
const CONFIG_ATTRIBUTES = [
  "name",
  "cores",
  "sockets",
  "cpu",
  "memory",
  ...NETWORK_CARDS,
  "agent",
  "onboot",
  "tags",
  "description",
  "ciuser",
  "sshkeys",
  ...IP_CONFIGS,
  "nameserver",
  "searchdomain",
];

/**
 * What to send so that a VM is as planned: what it has already is not sent.
 *
 * @param planned unknown and unset attributes are left as the VM has them
 * @param actual the VM's configuration, also for what must survive: MAC address, options of the guest agent, mark
 * @param unwantedKeys keys that the VM is not to have
 * @returns parameters of the config call, empty where nothing is to change
 * @throws OccupiedDiskError where something else is in the place of a data disk
 */
export function configChanges(
  planned: ObjectValue,
  actual: VmConfig,
  unwantedKeys: readonly string[] = [],
): Parameters {
  const has = attributesOf(actual, withoutUnknowns(planned));
  const changes: Record<string, string | number | boolean> = {};
  const cleared = unwantedKeys.filter((key) => actual[key] !== undefined);
  for (const attribute of CONFIG_ATTRIBUTES) {
    const value = planned[attribute] ?? null;
    if (value === null || value === UNKNOWN || sameValue(value, has[attribute] ?? null)) continue;
    const encoded = encode(attribute, value, actual);
    // Proxmox stores an empty text as a space: clearing is its own word.
    if (encoded !== "") changes[attribute] = encoded;
    else if (actual[attribute] !== undefined) cleared.push(attribute);
  }
  const { made, deleted } = dataDiskChanges(planned, actual);
  Object.assign(changes, made);
  cleared.push(...deleted);
  if (cleared.length > 0) changes["delete"] = cleared.join(",");
  // Without it the volume would stay with the VM as an unused one.
  if (deleted.length > 0) changes["force"] = true;
  return changes;
}

/** What became of a VM's settings. */
export interface AppliedSettings {
  /** The configuration as it was before. */
  readonly before: VmConfig;
  /** Keys that were set or removed. */
  readonly changedKeys: readonly string[];
}

/**
 * Gives a VM its planned settings.
 *
 * @param unwantedKeys keys that the VM is not to have
 * @throws ApiError, TaskError, ConnectionError, WaitError
 */
export async function applySettings(
  place: VmPlace,
  planned: ObjectValue,
  deadline: Deadline,
  { client: { client }, logger }: Context<Proxmox>,
  unwantedKeys: readonly string[] = [],
): Promise<AppliedSettings> {
  const changedKeys = new Set<string>();
  let before: VmConfig = {};
  let changes: Parameters = {};
  const goal: Goal = {
    what: `the settings of VM ${place.vmid}`,
    isReached: async () => {
      before = await readVmConfig(client, place);
      changes = configChanges(planned, before, unwantedKeys);
      return Object.keys(changes).length === 0;
    },
    attempt: async () => {
      for (const key of keysIn(changes)) changedKeys.add(key);
      const upid = await changeVmConfig(client, place, changes, before);
      if (upid !== null) await waitForTask(client, upid, deadline, logger);
    },
  };
  await reach(goal, deadline, logger);
  return { before, changedKeys: [...changedKeys] };
}

/** The keys that parameters of the config call set or remove. */
function keysIn(changes: Parameters): string[] {
  const set = Object.keys(changes).filter((key) => key !== "delete" && key !== "force");
  const removed = changes["delete"];
  return removed === undefined ? set : [...set, ...String(removed).split(",")];
}

function sameValue(a: Value, b: Value): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function encode(attribute: string, value: Value, actual: VmConfig): string | number | boolean {
  if (attribute === "tags") return normalizeTags(value as string[]).join(";");
  if (attribute === "agent") return encodeAgent(value === true, actual);
  if (attribute === "description") return printMark({ ...describedAs(actual), text: showValue(value) });
  if (typeof value === "string" && NETWORK_CARDS.includes(attribute))
    return encodeNetworkDevice(value, actual[attribute]);
  if (typeof value === "string" && attribute === "sshkeys") return encodeSshKeys(value);
  return value as string | number | boolean;
}

/** A card that is sent without MAC address would get a new one with every change. */
function encodeNetworkDevice(text: string, stored: string | number | undefined): string {
  if (text === "") return "";
  const device = parseNetworkDevice(text);
  const macAddress = device.macAddress ?? (typeof stored === "string" ? findMacAddress(stored) : undefined);
  return printNetworkDevice({ ...device, macAddress });
}

function encodeAgent(enabled: boolean, actual: VmConfig): string {
  const properties = new Map(parsePropertyString(String(actual["agent"] ?? "0"), "enabled"));
  properties.set("enabled", enabled ? "1" : "0");
  return printPropertyString(properties, "enabled");
}
