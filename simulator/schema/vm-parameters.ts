import { bootFormat } from "./boot-order";
import { cpuFormat } from "./cpu";
import * as devices from "./device-schemas";
import { DRIVE_KEYS, driveSchema, isDriveKey, UNUSED_COUNT } from "./drive-schema";
import { accept, dnsName, splitList, storageId, tagList, urlEncoded, volumeId } from "./formats";
import { addressList } from "./network-formats";
import { propertyFormat } from "./property-string";
import {
  type Format,
  FormatError,
  type ParameterSchema,
  type ParameterTable,
  type PropertySchema,
} from "./types";

const flag = { type: "boolean", optional: true } as const;
const text = { type: "string", optional: true } as const;
const oneOf = (...values: string[]): ParameterSchema => ({ type: "string", optional: true, enum: values });
const formatted = (format: Format): ParameterSchema => ({ type: "string", optional: true, format });
const properties = (schema: PropertySchema, name?: string): ParameterSchema =>
  formatted(propertyFormat(schema, name));
const integer = (minimum: number, maximum?: number): ParameterSchema => ({
  type: "integer",
  optional: true,
  minimum,
  maximum,
});
const numbered = (prefix: string, count: number, schema: ParameterSchema): ParameterTable =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}${index}`, schema]));

const startupOrder: Format = {
  name: "pve-startup-order",
  check: (value) => {
    const parts = value.split(",");
    const isValid = parts.every((part) => /^(?:(?:order=)?\d+|up=\d+|down=\d+)$/.test(part));
    if (!isValid) throw new FormatError("unable to parse startup options");
  },
};

const bootDisk = accept(
  "pve-qm-bootdisk",
  (value) => isDriveKey(value) && /^(?:ide|sata|scsi|virtio)/.test(value),
  (value) => `invalid boot disk '${value}'`,
);

/** Numbers of processors, single or in ranges: `0,5,8-11`. */
const processorSet = accept(
  "pve-cpuset",
  (value) => /^\d+(?:-\d+)?(?:,\d+(?:-\d+)?)*$/.test(value),
  (value) => `unable to parse cpuset '${value}'`,
);

const hotplugFeatures: Format = {
  name: "pve-hotplug-features",
  check: (value) => {
    if (value === "0" || value === "1") return;
    for (const feature of splitList(value)) {
      if (/^(?:network|disk|cpu|memory|usb|cloudinit)$/.test(feature)) continue;
      throw new FormatError(`invalid hotplug feature '${feature}'`);
    }
  },
};

/** Keys that hold a switch or a number; the API shows them as JSON numbers. */
const NUMERIC: ParameterTable = {
  acpi: flag,
  "allow-ksm": flag,
  autostart: flag,
  balloon: integer(0),
  ciupgrade: flag,
  cores: integer(1),
  cpuunits: integer(1, 262144),
  freeze: flag,
  keephugepages: flag,
  kvm: flag,
  localtime: flag,
  migrate_speed: integer(0),
  numa: flag,
  onboot: flag,
  protection: flag,
  reboot: flag,
  shares: integer(0, 50000),
  smp: integer(1),
  sockets: integer(1),
  tablet: flag,
  tdf: flag,
  template: flag,
  vcpus: integer(1),
};

const CLOUD_INIT: ParameterTable = {
  cicustom: properties(devices.CUSTOM_CLOUD_INIT, "pve-qm-cicustom"),
  cipassword: text,
  citype: oneOf("configdrive2", "nocloud", "opennebula"),
  ciuser: text,
  nameserver: formatted(addressList),
  searchdomain: text,
  sshkeys: formatted(urlEncoded),
  ...numbered("ipconfig", 32, properties(devices.IP_CONFIGURATION, "pve-qm-ipconfig")),
};

const DEVICES: ParameterTable = {
  audio0: properties(devices.AUDIO),
  cdrom: properties(driveSchema("ide2"), "pve-qm-ide"),
  rng0: properties(devices.RANDOM_SOURCE, "pve-qm-rng"),
  vga: properties(devices.DISPLAY),
  watchdog: properties(devices.WATCHDOG, "pve-qm-watchdog"),
  ...numbered("hostpci", 16, properties(devices.PCI_DEVICE, "pve-qm-hostpci")),
  ...numbered("net", 32, properties(devices.NETWORK_DEVICE)),
  ...numbered("numa", 8, properties(devices.NUMA_NODE)),
  ...numbered("parallel", 3, { ...text, pattern: /\/dev\/parport\d+|\/dev\/usb\/lp\d+/ }),
  ...numbered("serial", 4, { ...text, pattern: /(\/dev\/.+|socket)/ }),
  ...numbered("unused", UNUSED_COUNT, properties(driveSchema("unused0"))),
  ...numbered("usb", 14, properties(devices.USB_DEVICE)),
  ...numbered("virtiofs", 10, properties(devices.SHARED_FOLDER)),
  ...Object.fromEntries(DRIVE_KEYS.map((key) => [key, properties(driveSchema(key))])),
};

const MACHINE: ParameterTable = {
  affinity: formatted(processorSet),
  agent: properties(devices.GUEST_AGENT),
  "amd-sev": properties(devices.AMD_MEMORY_ENCRYPTION, "pve-qemu-sev-fmt"),
  arch: oneOf("x86_64", "aarch64"),
  args: text,
  bios: oneOf("seabios", "ovmf"),
  boot: formatted(bootFormat),
  bootdisk: { ...formatted(bootDisk), pattern: /(ide|sata|scsi|virtio)\d+/ },
  cpu: formatted(cpuFormat),
  cpulimit: { type: "number", optional: true, minimum: 0, maximum: 128 },
  description: { ...text, maxLength: 8192 },
  hookscript: formatted(volumeId),
  hotplug: formatted(hotplugFeatures),
  hugepages: oneOf("any", "2", "1024"),
  "intel-tdx": properties(devices.INTEL_TRUST_DOMAIN, "pve-qemu-tdx-fmt"),
  ivshmem: properties(devices.SHARED_MEMORY),
  keyboard: oneOf(
    ...["de", "de-ch", "da", "en-gb", "en-us", "es", "fi", "fr", "fr-be", "fr-ca", "fr-ch", "hu", "is", "it"],
    ...["ja", "lt", "mk", "nl", "no", "pl", "pt", "pt-br", "sv", "sl", "tr"],
  ),
  lock: oneOf(
    ...["backup", "clone", "create", "migrate", "rollback", "snapshot", "snapshot-delete"],
    ...["suspending", "suspended"],
  ),
  machine: properties(devices.MACHINE),
  memory: properties(devices.MEMORY),
  migrate_downtime: { type: "number", optional: true, minimum: 0 },
  name: formatted(dnsName),
  ostype: oneOf(
    ...["other", "wxp", "w2k", "w2k3", "w2k8", "wvista", "win7", "win8", "win10", "win11", "l24", "l26"],
    "solaris",
  ),
  scsihw: oneOf("lsi", "lsi53c810", "virtio-scsi-pci", "virtio-scsi-single", "megasas", "pvscsi"),
  smbios1: { ...properties(devices.SMBIOS, "pve-qm-smbios1"), maxLength: 512 },
  spice_enhancements: properties(devices.SPICE_ENHANCEMENTS),
  startdate: { ...text, pattern: /(now|\d{4}-\d{1,2}-\d{1,2}(T\d{1,2}:\d{1,2}:\d{1,2})?)/ },
  startup: formatted(startupOrder),
  tags: formatted(tagList),
  vmgenid: { ...text, pattern: /(?:[a-fA-F0-9]{8}(?:-[a-fA-F0-9]{4}){3}-[a-fA-F0-9]{12}|[01])/ },
  vmstatestorage: formatted(storageId),
};

/**
 * Every key of a VM's configuration that a caller may name.
 * Source: the API's published schema of `PUT /nodes/{node}/qemu/{vmid}/config`.
 */
export const VM_PARAMETERS: ParameterTable = { ...NUMERIC, ...CLOUD_INIT, ...DEVICES, ...MACHINE };

/** Whether a key holds a switch or a whole number, which JSON shows without quotes; `snaptime` is of a snapshot. */
export function isNumericKey(key: string): boolean {
  return Object.hasOwn(NUMERIC, key) || key === "snaptime";
}

/** Whether a key belongs to cloud-init; such keys change at once, and reach the guest when it starts. */
export function isCloudInitKey(key: string): boolean {
  return key === "ciupgrade" || Object.hasOwn(CLOUD_INIT, key);
}
