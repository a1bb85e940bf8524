import { NETWORK_DEVICE } from "../schema/device-schemas";
import { parseProperties, printProperties, type Properties } from "../schema/property-string";
import { randomMacAddress } from "../world/random-ids";

/** What a network device hangs on. */
interface NetworkDevice {
  readonly macAddress: string;
  readonly bridge?: string;
  /** Its VLAN. */
  readonly tag?: string;
  /** The VLANs that are passed through: `5;10-20`. */
  readonly trunks?: string;
}

/** The form in which a network device is kept: `virtio=MAC,…`, with a new address where none was given. */
export function keptNetworkDevice(key: string, value: string): string {
  return print(parseProperties(NETWORK_DEVICE, value, key));
}

/** The same device with an address of its own, as every clone gets. */
export function withNewMacAddress(key: string, value: string): string {
  const properties = parseProperties(NETWORK_DEVICE, value, key);
  return print({ ...properties, macaddr: randomMacAddress() });
}

/** A kept network device taken apart. */
export function parseNetworkDevice(key: string, value: string): NetworkDevice {
  const { macaddr = "", bridge, tag, trunks } = parseProperties(NETWORK_DEVICE, value, key);
  return { macAddress: macaddr, bridge, tag, trunks };
}

function print({ model = "", macaddr = randomMacAddress(), ...rest }: Properties): string {
  const options = printProperties({ ...NETWORK_DEVICE, defaultKey: undefined }, rest);
  return [`${model}=${macaddr}`, ...(options === "" ? [] : [options])].join(",");
}
