import { isPropertyBoolean, parsePropertyBoolean, sameProperties, type Properties } from "./property-string";

/** Network card models that Proxmox VE 9 knows. Source: qemu-server src/PVE/QemuServer/Network.pm. */
const MODELS = new Set(
  "e1000 e1000-82540em e1000-82544gc e1000-82545em e1000e i82551 i82557b i82559er ne2k_isa ne2k_pci pcnet rtl8139 virtio vmxnet3".split(
    " ",
  ),
);
const OTHER_KEYS = new Set(
  "bridge firewall host-tunnel link_down macaddr mtu queues rate tag trunks model".split(" "),
);
const BOOLEAN_KEYS = new Set(["firewall", "host-tunnel", "link_down"]);
/** What the options that are neither numbers nor truth values have to be. */
const PATTERNS = {
  bridge: { pattern: /^[-_.\w]+$/, allowed: 'the name of a bridge such as "vmbr0"' },
  rate: { pattern: /^\d+(\.\d+)?$/, allowed: "a number of MB/s, 0 or more" },
  trunks: { pattern: /^\d+(-\d+)?(;\d+(-\d+)?)*$/, allowed: 'VLANs such as "5;10-20"' },
};
/** The MTU that stands for the bridge's own; the least that IPv4 can live with; the most that Proxmox takes. */
const [BRIDGE_MTU, LEAST_MTU, MOST_MTU] = [1, 576, 65520];
const MAC_ADDRESS = /^[a-f0-9][02468ace](:[a-f0-9]{2}){5}$/i;

/** A VM's network card as a `netN` property string describes it. */
export interface NetworkDevice {
  readonly model: string;
  /** Upper case. @default - Proxmox makes one */
  readonly macAddress?: string;
  /** All else: `bridge`, `tag`, `mtu`… with booleans as `0` or `1`. */
  readonly options: Properties;
}

/**
 * Parses a `netN` value such as `virtio,bridge=vmbr0,tag=14` or, as Proxmox stores it,
 * `virtio=BC:24:11:AA:BB:CC,bridge=vmbr0,tag=14`.
 *
 * @throws Error that lists every fault
 */
export function parseNetworkDevice(text: string): NetworkDevice {
  const faults: string[] = [];
  const options = new Map<string, string>();
  let model: string | undefined;
  let macAddress: string | undefined;
  const setModel = (value: string): void => {
    if (model !== undefined) faults.push(`has two models, "${model}" and "${value}"`);
    else model = value;
  };
  const setMac = (value: string): void => {
    if (macAddress !== undefined) faults.push("has two MAC addresses");
    else if (MAC_ADDRESS.test(value)) macAddress = value.toUpperCase();
    else faults.push(`MAC address "${value}" is no unicast address like BC:24:11:00:00:01`);
  };

  for (const part of text.split(",").filter((raw) => raw !== "")) {
    const at = part.indexOf("=");
    const key = at < 0 ? part : part.slice(0, at);
    const value = at < 0 ? undefined : part.slice(at + 1);
    if (MODELS.has(key)) {
      setModel(key);
      if (value !== undefined) setMac(value);
    } else if (!OTHER_KEYS.has(key)) {
      faults.push(
        `"${key}" is no network card model and no network option; for Proxmox's usual card write "virtio"`,
      );
    } else if (value === undefined || value === "") {
      faults.push(`"${key}" has no value`);
    } else if (key === "model") {
      if (MODELS.has(value)) setModel(value);
      else faults.push(`"${value}" is no network card model; Proxmox's usual card is "virtio"`);
    } else if (key === "macaddr") {
      setMac(value);
    } else if (options.has(key)) {
      faults.push(`"${key}" is given twice`);
    } else if (!BOOLEAN_KEYS.has(key)) {
      options.set(key, value);
    } else if (isPropertyBoolean(value)) {
      options.set(key, parsePropertyBoolean(value) ? "1" : "0");
    } else {
      faults.push(`${key} is "${value}", allowed is 0 or 1`);
    }
  }
  if (model === undefined && faults.length === 0) faults.push('has no card model: begin with "virtio"');
  faults.push(...rangeFaults(options));
  if (faults.length > 0) throw new Error(faults.join("; "));
  return { model: model ?? "virtio", macAddress, options };
}

function rangeFaults(options: Properties): string[] {
  const faults: string[] = [];
  const checkRange = (key: string, minimum: number, maximum: number, note = ""): void => {
    const value = options.get(key);
    if (value === undefined) return;
    if (!/^\d+$/.test(value) || Number(value) < minimum || Number(value) > maximum) {
      faults.push(`${key} is ${value}, allowed is ${minimum} to ${maximum}${note}`);
    }
  };
  checkRange("tag", 1, 4094, "; leave tag out for a card without VLAN");
  checkRange("mtu", BRIDGE_MTU, MOST_MTU);
  checkRange("queues", 0, 64);
  for (const [key, { pattern, allowed }] of Object.entries(PATTERNS)) {
    const value = options.get(key);
    if (value !== undefined && !pattern.test(value))
      faults.push(`${key} is "${value}", allowed is ${allowed}`);
  }
  return faults;
}

/**
 * Faults of a `netN` value, among them what Proxmox takes and then leaves out: an MTU for a card that has no say in it,
 * VLANs that there are none of.
 */
export function networkDeviceFaults(text: string): string[] {
  let device: NetworkDevice;
  try {
    device = parseNetworkDevice(text);
  } catch (error) {
    return [(error as Error).message];
  }
  const { model, macAddress, options } = device;
  const faults: string[] = [];
  if (macAddress === "00:00:00:00:00:00") faults.push(`MAC address "${macAddress}" stands for none`);
  if (options.has("mtu") && model !== "virtio") faults.push(`mtu is given, but only a virtio card takes one`);
  const mtu = Number(options.get("mtu") ?? BRIDGE_MTU);
  if (mtu !== BRIDGE_MTU && mtu < LEAST_MTU)
    faults.push(`mtu is ${mtu}, allowed is ${BRIDGE_MTU} for the bridge's, or ${LEAST_MTU} to ${MOST_MTU}`);
  const badTrunks = (options.get("trunks")?.split(";") ?? []).filter((range) => !isVlanRange(range));
  if (badTrunks.length > 0) faults.push(`trunks has ${badTrunks.join(";")}, allowed are VLANs 1 to 4094`);
  for (const key of ["tag", "trunks"]) {
    if (options.has(key) && !options.has("bridge")) faults.push(`${key} is given without bridge`);
  }
  return faults;
}

function isVlanRange(range: string): boolean {
  const [first = 0, last = first] = range.split("-").map(Number);
  return first >= 1 && first <= last && last <= 4094;
}

/**
 * The MAC address in a `netN` value that Proxmox stored, whatever else stands in it.
 *
 * @returns upper case; `undefined` where there is none
 */
export function findMacAddress(stored: string): string | undefined {
  return /=([0-9a-f]{2}(?::[0-9a-f]{2}){5})(?:,|$)/i.exec(stored)?.[1]?.toUpperCase();
}

/** Prints a card as Proxmox takes it: model with MAC address first, options in alphabetical order. */
export function printNetworkDevice(device: NetworkDevice): string {
  const head = device.macAddress === undefined ? device.model : `${device.model}=${device.macAddress}`;
  const options = [...device.options].sort(([a], [b]) => (a < b ? -1 : 1));
  return [head, ...options.map(([key, value]) => `${key}=${value}`)].join(",");
}

/** Whether the configured card is what the VM has: a MAC address counts only where one is configured. */
export function sameNetworkDevice(actual: NetworkDevice, configured: NetworkDevice): boolean {
  return (
    actual.model === configured.model &&
    (configured.macAddress === undefined || configured.macAddress === actual.macAddress) &&
    sameProperties(withoutFalse(actual.options), withoutFalse(configured.options))
  );
}

/** An option that is off is the same as one that is not there. */
function withoutFalse(options: Properties): Properties {
  return new Map([...options].filter(([key, value]) => !(BOOLEAN_KEYS.has(key) && value === "0")));
}
