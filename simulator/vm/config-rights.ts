import type { Privilege } from "../access/privileges";
import type { VmRights } from "../access/vm-rights";
import { PCI_DEVICE, RANDOM_SOURCE, SHARED_FOLDER, USB_DEVICE } from "../schema/device-schemas";
import { failure } from "../schema/api-error";
import { isDriveKey, isUnusedKey } from "../schema/drive-schema";
import { parseProperties } from "../schema/property-string";
import { isCloudInitKey } from "../schema/vm-parameters";

/** What it takes to change a key; whatever is not here and not checked by its value is root's alone. */
const PRIVILEGE_OF_KEY: readonly (readonly [Privilege, RegExp])[] = [
  ["VM.Config.CPU", /^(?:cores|cpu|cpulimit|cpuunits|numa\d*|smp|sockets|vcpus)$/],
  ["VM.Config.Memory", /^(?:memory|balloon|shares|allow-ksm)$/],
  ["VM.Config.HWType", /^(?:acpi|hotplug|kvm|machine|scsihw|smbios1|tablet|vga|watchdog|audio0|rng0)$/],
  [
    "VM.Config.Options",
    /^(?:agent|autostart|bios|description|keyboard|localtime|migrate_downtime|migrate_speed|name|onboot|ostype|protection|reboot|startdate|startup|tags|tdf|template)$/,
  ],
  ["VM.PowerMgmt", /^freeze$/],
  ["VM.Config.Disk", /^(?:boot|bootdisk|vmstatestorage)$/],
  ["VM.Config.Network", /^net\d+$/],
];

/** Keys of which what it takes depends on their value: {@link assertMayUseDevice} and `assertMayUseDrive`. */
function dependsOnValue(key: string): boolean {
  return isDriveKey(key) || isUnusedKey(key) || /^(?:serial|usb|hostpci|virtiofs)\d+$/.test(key);
}

/**
 * Wants the rights to change keys of a configuration, whatever their values.
 *
 * @throws ApiError 403; 500 `only root can set 'args' config`
 */
export function assertMayConfigure(rights: VmRights, keys: readonly string[]): void {
  if (rights.of.isRoot) return;
  for (const key of keys) {
    if (dependsOnValue(key)) continue;
    if (isCloudInitKey(key)) {
      rights.assertAny("VM.Config.Cloudinit", "VM.Config.Network");
      continue;
    }
    const [privilege] = PRIVILEGE_OF_KEY.find(([, pattern]) => pattern.test(key)) ?? [];
    if (privilege === undefined) throw failure(`only root can set '${key}' config`);
    rights.assert(privilege);
    // The order of starts and stops is the host's business.
    if (key === "startup") rights.of.assert("/", "Sys.Modify");
  }
}

/**
 * Wants the rights to give a device of the host to a VM, or to take it away; other keys pass.
 *
 * @param verb what is about to be done, for the text
 * @throws ApiError 403; 500 `only root can set 'usb0' config for real devices`
 */
export function assertMayUseDevice(
  rights: VmRights,
  key: string,
  value: string,
  verb: "set" | "modify" | "delete",
): void {
  if (rights.of.isRoot) return;
  const kind = key.replace(/\d+$/, "");
  if (kind === "serial") {
    if (value !== "socket") throw failure(`only root can ${verb} '${key}' config for real devices`);
    rights.assert("VM.Config.HWType");
  } else if (kind === "usb") {
    rights.assert("VM.Config.HWType");
    const { host, mapping } = parseProperties(USB_DEVICE, value, key);
    if (mapping !== undefined) rights.of.assert(`/mapping/usb/${mapping}`, "Mapping.Use");
    else if (host?.toLowerCase() !== "spice")
      throw failure(`only root can set '${key}' config for real devices`);
  } else if (kind === "hostpci") {
    const { mapping } = parseProperties(PCI_DEVICE, value, key);
    if (mapping === undefined) throw failure(`only root can set '${key}' config for non-mapped devices`);
    rights.of.assert(`/mapping/pci/${mapping}`, "Mapping.Use");
    rights.assert("VM.Config.HWType");
  } else if (kind === "virtiofs") {
    rights.assert("VM.Config.Disk");
    const { dirid = "" } = parseProperties(SHARED_FOLDER, value, key);
    rights.of.assert(`/mapping/dir/${dirid}`, "Mapping.Use");
  } else if (kind === "rng") {
    const { source } = parseProperties(RANDOM_SOURCE, value, key);
    if (source === "/dev/hwrng") rights.of.assert("/mapping/hwrng", "Mapping.Use");
  }
}
