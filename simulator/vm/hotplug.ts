import { parseBootOrder } from "../schema/boot-order";
import { isDriveKey } from "../schema/drive-schema";
import { GUEST_AGENT } from "../schema/device-schemas";
import { splitList } from "../schema/formats";
import { parseProperties } from "../schema/property-string";
import { isCloudInitKey } from "../schema/vm-parameters";
import type { Vm } from "../world/vm";
import type { World } from "../world/world";
import { applyKey, removeKey } from "./apply-pending";
import { isOptical, parseDrive } from "./drives";

/** Keys that mean nothing to a running QEMU and are in force at once. */
const AT_ONCE = new Set([
  ...[
    "description",
    "hookscript",
    "lock",
    "migrate_downtime",
    "migrate_speed",
    "name",
    "onboot",
    "protection",
  ],
  ...["shares", "startup", "tags", "vmstatestorage"],
]);

/** Drive options that a running QEMU can change. */
const LIVE_DRIVE_OPTION = /^(?:bps|iops|mbps|size$|backup$|replicate$)/;

/**
 * Puts into force what a running VM can take of the changes that wait; the rest goes on waiting.
 *
 * @param keys the keys of this request
 * @returns error texts by key
 */
export function hotplugPending(world: World, vm: Vm, keys: ReadonlySet<string>): Record<string, string> {
  for (const key of Object.keys(vm.pending)) {
    if (AT_ONCE.has(key) || isCloudInitKey(key)) applyKey(world, vm, key);
  }
  const errors: Record<string, string> = {};
  const attempt = (key: string, change: () => void): void => {
    if (keys.has(key) && isPluggable(vm, key)) {
      const problem = unplugProblem(vm, key);
      if (problem === undefined) change();
      else errors[key] = `hotplug problem - ${problem}\n`;
    }
  };
  for (const [key, force] of [...vm.pendingDelete].sort()) {
    attempt(key, () => {
      removeKey(world, vm, key, force);
    });
  }
  for (const key of Object.keys(vm.pending)) {
    attempt(key, () => {
      applyKey(world, vm, key);
    });
  }
  return errors;
}

function isPluggable(vm: Vm, key: string): boolean {
  if (AT_ONCE.has(key) || isCloudInitKey(key)) return true;
  if (/^net\d+$/.test(key)) return features(vm).has("network");
  if (isDriveKey(key)) return isDrivePluggable(vm, key);
  switch (key) {
    case "cpulimit":
    case "cpuunits":
      return true;
    case "tablet":
      return features(vm).has("usb");
    case "vcpus":
      return features(vm).has("cpu");
    case "memory":
      return features(vm).has("memory");
    case "balloon":
      return ![vm.config.balloon, vm.pending.balloon].includes("0") && vm.config.balloon !== undefined;
    case "agent":
      return isAgentPluggable(vm);
    default:
      return false;
  }
}

function isDrivePluggable(vm: Vm, key: string): boolean {
  const old = vm.config[key];
  const value = vm.pending[key];
  const canUnplug = features(vm).has("disk") && /^(?:scsi|virtio)\d+$/.test(key);
  if (old === undefined || value === undefined) return canUnplug;
  const before = parseDrive(key, old);
  const after = parseDrive(key, value);
  if (isOptical(before) !== isOptical(after)) return false;
  if (isOptical(before)) return true;
  if (before.file !== after.file) return canUnplug;
  return [before, after].every(({ options }) =>
    Object.keys(options).every(
      (name) => LIVE_DRIVE_OPTION.test(name) || before.options[name] === after.options[name],
    ),
  );
}

function unplugProblem(vm: Vm, key: string): string | undefined {
  const old = vm.config[key];
  if (old === undefined || !isDriveKey(key)) return undefined;
  const value = vm.pending[key];
  const drive = parseDrive(key, old);
  const stays = value !== undefined && parseDrive(key, value).file === drive.file;
  if (stays || isOptical(drive) || !(parseBootOrder(vm.config.boot) ?? []).includes(key)) return undefined;
  return `can't unplug bootdisk '${key}'`;
}

function isAgentPluggable(vm: Vm): boolean {
  const read = (value: string): string => {
    const properties = parseProperties(GUEST_AGENT, value, "agent");
    const fixed = Object.keys(properties).filter((name) => name !== "fstrim_cloned_disks");
    return JSON.stringify(properties, fixed.sort());
  };
  const { agent } = vm.config;
  const pending = vm.pending.agent;
  return agent !== undefined && pending !== undefined && read(agent) === read(pending);
}

function features(vm: Vm): Set<string> {
  const { hotplug = "1" } = vm.config;
  if (hotplug === "0") return new Set();
  return new Set(hotplug === "1" ? ["network", "disk", "usb"] : splitList(hotplug));
}
