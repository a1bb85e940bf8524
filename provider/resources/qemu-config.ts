import { UNKNOWN, type ObjectValue, type Value } from "../plugin/value";
import type { Parameters } from "../proxmox/api-client";
import { findMacAddress, parseNetworkDevice, printNetworkDevice } from "../proxmox/network-device";
import { parsePropertyString, printPropertyString } from "../proxmox/property-string";
import { encodeSshKeys } from "../proxmox/ssh-keys";
import { normalizeTags } from "../proxmox/tags";
import type { VmConfig } from "../proxmox/virtual-machine";

/** Attributes that stand in the VM's configuration under their own names, in the order they are sent. */
const CONFIG_ATTRIBUTES = [
  "name",
  "cores",
  "sockets",
  "cpu",
  "memory",
  "net0",
  "agent",
  "onboot",
  "tags",
  "description",
  "ciuser",
  "sshkeys",
  "ipconfig0",
  "nameserver",
  "searchdomain",
] as const;
type ConfigAttribute = (typeof CONFIG_ATTRIBUTES)[number];

/**
 * What to send so that a VM is as planned.
 *
 * @param planned unknown and unset attributes are left as the VM has them
 * @param prior attributes that are the same here are not sent; `null` sends all
 * @param actual the VM's configuration, for what must survive: MAC address, options of the guest agent
 * @returns parameters of the config call, empty where nothing is to change
 */
export function configChanges(planned: ObjectValue, prior: ObjectValue | null, actual: VmConfig): Parameters {
  const changes: Record<string, string | number | boolean> = {};
  const cleared: string[] = [];
  for (const attribute of CONFIG_ATTRIBUTES) {
    const value = planned[attribute] ?? null;
    if (value === null || value === UNKNOWN) continue;
    if (prior !== null && sameValue(value, prior[attribute] ?? null)) continue;
    const encoded = encode(attribute, value, actual);
    // Proxmox stores an empty text as a space: clearing is its own word.
    if (encoded !== "") changes[attribute] = encoded;
    else if (actual[attribute] !== undefined) cleared.push(attribute);
  }
  if (cleared.length > 0) changes["delete"] = cleared.join(",");
  return changes;
}

function sameValue(a: Value, b: Value): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function encode(attribute: ConfigAttribute, value: Value, actual: VmConfig): string | number | boolean {
  if (attribute === "tags") return normalizeTags(value as string[]).join(";");
  if (attribute === "agent") return encodeAgent(value === true, actual);
  if (typeof value === "string" && attribute === "net0") return encodeNetworkDevice(value, actual);
  if (typeof value === "string" && attribute === "sshkeys") return encodeSshKeys(value);
  return value as string | number | boolean;
}

/** A card that is sent without MAC address would get a new one with every change. */
function encodeNetworkDevice(text: string, actual: VmConfig): string {
  const device = parseNetworkDevice(text);
  const stored = actual["net0"];
  const macAddress = device.macAddress ?? (typeof stored === "string" ? findMacAddress(stored) : undefined);
  return printNetworkDevice({ ...device, macAddress });
}

function encodeAgent(enabled: boolean, actual: VmConfig): string {
  const properties = new Map(parsePropertyString(String(actual["agent"] ?? "0"), "enabled"));
  properties.set("enabled", enabled ? "1" : "0");
  return printPropertyString(properties, "enabled");
}
