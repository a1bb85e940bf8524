import { configId, volumeId } from "./formats";
import {
  bridgeId,
  ipv4Address,
  ipv4Configuration,
  ipv6Address,
  ipv6Configuration,
  unicastMac,
} from "./network-formats";
import type { KeyAlias, ParameterSchema, PropertySchema } from "./types";

const boolean = { type: "boolean", optional: true } as const;
const oneOf = (...values: string[]): ParameterSchema => ({ type: "string", optional: true, enum: values });
const matching = (pattern: RegExp): ParameterSchema => ({ type: "string", optional: true, pattern });
const base64 = matching(/[A-Za-z0-9+/]+={0,2}/);
const ranges = /(?:\d+(?:-\d+)?(?:;\d+(?:-\d+)?)*)/;
const pciId = matching(/0x[0-9a-fA-F]{4}/);
const PCI_ADDRESS = "(?:[a-f0-9]{4,}:)?[a-f0-9]{2}:[a-f0-9]{2}(?:\\.[a-f0-9])?";
const volume: ParameterSchema = { type: "string", optional: true, format: volumeId };

const NETWORK_MODELS = [
  ...["e1000", "e1000-82540em", "e1000-82544gc", "e1000-82545em", "e1000e", "i82551", "i82557b", "i82559er"],
  ...["ne2k_isa", "ne2k_pci", "pcnet", "rtl8139", "virtio", "vmxnet3"],
];

/** `netN`. */
export const NETWORK_DEVICE: PropertySchema = {
  defaultKey: "model",
  aliases: Object.fromEntries(
    NETWORK_MODELS.map((model): [string, KeyAlias] => [model, { alias: "macaddr", keyAlias: "model" }]),
  ),
  keys: {
    bridge: { type: "string", optional: true, format: bridgeId },
    firewall: boolean,
    "host-tunnel": boolean,
    link_down: boolean,
    macaddr: { type: "string", optional: true, format: unicastMac },
    model: { type: "string", enum: NETWORK_MODELS },
    mtu: { type: "integer", optional: true, minimum: 1, maximum: 65520 },
    queues: { type: "integer", optional: true, minimum: 0, maximum: 64 },
    rate: { type: "number", optional: true, minimum: 0 },
    tag: { type: "integer", optional: true, minimum: 1, maximum: 4094 },
    trunks: matching(ranges),
  },
};

/** `ipconfigN`. */
export const IP_CONFIGURATION: PropertySchema = {
  keys: {
    gw: { type: "string", optional: true, format: ipv4Address, requires: "ip" },
    gw6: { type: "string", optional: true, format: ipv6Address, requires: "ip6" },
    ip: { type: "string", optional: true, format: ipv4Configuration },
    ip6: { type: "string", optional: true, format: ipv6Configuration },
  },
};

/** `cicustom`. */
export const CUSTOM_CLOUD_INIT: PropertySchema = {
  keys: { meta: volume, network: volume, user: volume, vendor: volume },
};

/** `agent`. */
export const GUEST_AGENT: PropertySchema = {
  defaultKey: "enabled",
  aliases: { "freeze-fs-on-backup": { alias: "freeze-fs" }, "guest-fsfreeze": { alias: "freeze-fs" } },
  keys: {
    enabled: { type: "boolean" },
    "freeze-fs": boolean,
    fstrim_cloned_disks: boolean,
    type: oneOf("virtio", "isa"),
  },
};

/** `memory`. */
export const MEMORY: PropertySchema = {
  defaultKey: "current",
  keys: { current: { type: "integer", minimum: 16 } },
};

/** `machine`. */
export const MACHINE: PropertySchema = {
  defaultKey: "type",
  keys: {
    "aw-bits": { type: "number", optional: true, minimum: 32, maximum: 64 },
    "enable-s3": boolean,
    "enable-s4": boolean,
    type: {
      type: "string",
      optional: true,
      maxLength: 40,
      pattern:
        /(pc|pc(-i440fx)?-\d+(\.\d+)+(\+pve\d+)?(\.pxe)?|q35|pc-q35-\d+(\.\d+)+(\+pve\d+)?(\.pxe)?|virt(?:-\d+(\.\d+)+)?(\+pve\d+)?)/,
    },
    viommu: oneOf("intel", "virtio"),
  },
};

/** `vga`. */
export const DISPLAY: PropertySchema = {
  defaultKey: "type",
  keys: {
    clipboard: oneOf("vnc"),
    memory: { type: "integer", optional: true, minimum: 4, maximum: 512 },
    type: oneOf(
      ...["cirrus", "qxl", "qxl2", "qxl3", "qxl4", "none", "serial0", "serial1", "serial2", "serial3"],
      ...["std", "virtio", "virtio-gl", "vmware"],
    ),
  },
};

/** `audio0`. */
export const AUDIO: PropertySchema = {
  keys: {
    device: { type: "string", enum: ["ich9-intel-hda", "intel-hda", "AC97"] },
    driver: oneOf("spice", "none"),
  },
};

/** `watchdog`. */
export const WATCHDOG: PropertySchema = {
  defaultKey: "model",
  keys: {
    action: oneOf("reset", "shutdown", "poweroff", "pause", "debug", "none"),
    model: oneOf("i6300esb", "ib700"),
  },
};

/** `rng0`. */
export const RANDOM_SOURCE: PropertySchema = {
  defaultKey: "source",
  keys: {
    max_bytes: { type: "integer", optional: true },
    period: { type: "integer", optional: true },
    source: { type: "string", enum: ["/dev/urandom", "/dev/random", "/dev/hwrng"] },
  },
};

/** `smbios1`. */
export const SMBIOS: PropertySchema = {
  keys: {
    base64: boolean,
    family: base64,
    manufacturer: base64,
    product: base64,
    serial: base64,
    sku: base64,
    uuid: matching(/[a-fA-F0-9]{8}(?:-[a-fA-F0-9]{4}){3}-[a-fA-F0-9]{12}/),
    version: base64,
  },
};

/** `numaN`. */
export const NUMA_NODE: PropertySchema = {
  keys: {
    cpus: { type: "string", pattern: ranges },
    hostnodes: matching(ranges),
    memory: { type: "number", optional: true },
    policy: oneOf("preferred", "bind", "interleave"),
  },
};

/** `usbN`. */
export const USB_DEVICE: PropertySchema = {
  defaultKey: "host",
  keys: {
    host: matching(
      /(?:(?:(?:(?:(0x)?([0-9A-Fa-f]{4}):(0x)?([0-9A-Fa-f]{4})))|(?:(?:(\d+)\-(\d+(\.\d+)*)))|[Ss][Pp][Ii][Cc][Ee]))/,
    ),
    mapping: { type: "string", optional: true, format: configId },
    usb3: boolean,
  },
};

/** `hostpciN`. */
export const PCI_DEVICE: PropertySchema = {
  defaultKey: "host",
  keys: {
    "device-id": pciId,
    host: matching(new RegExp(`${PCI_ADDRESS}(?:;${PCI_ADDRESS})*`)),
    "legacy-igd": boolean,
    mapping: { type: "string", optional: true, format: configId },
    mdev: matching(/[^/.:]+/),
    pcie: boolean,
    rombar: boolean,
    romfile: matching(/[^,;]+/),
    "sub-device-id": pciId,
    "sub-vendor-id": pciId,
    "vendor-id": pciId,
    "x-vga": boolean,
  },
};

/** `ivshmem`. */
export const SHARED_MEMORY: PropertySchema = {
  keys: {
    name: matching(/[a-zA-Z0-9\-]+/),
    size: { type: "integer", minimum: 1 },
  },
};

/** `virtiofsN`. */
export const SHARED_FOLDER: PropertySchema = {
  defaultKey: "dirid",
  keys: {
    cache: oneOf("auto", "always", "metadata", "never"),
    "direct-io": boolean,
    dirid: { type: "string", format: configId },
    "expose-acl": boolean,
    "expose-xattr": boolean,
  },
};

/** `spice_enhancements`. */
export const SPICE_ENHANCEMENTS: PropertySchema = {
  keys: { foldersharing: boolean, videostreaming: oneOf("off", "all", "filter") },
};

/** `amd-sev`. */
export const AMD_MEMORY_ENCRYPTION: PropertySchema = {
  defaultKey: "type",
  keys: {
    "allow-smt": boolean,
    "kernel-hashes": boolean,
    "no-debug": boolean,
    "no-key-sharing": boolean,
    type: { type: "string", enum: ["std", "es", "snp"], maxLength: 3 },
  },
};

/** `intel-tdx`. */
export const INTEL_TRUST_DOMAIN: PropertySchema = {
  defaultKey: "type",
  keys: {
    attestation: { type: "boolean" },
    type: { type: "string", enum: ["tdx"] },
    "vsock-cid": { type: "integer", optional: true, minimum: 2 },
    "vsock-port": { type: "integer", optional: true, minimum: 0 },
  },
};
