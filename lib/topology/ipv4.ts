/**
 * IPv4 addresses as unsigned 32-bit numbers, and the networks they lie in.
 * Only what an address plan needs: parse, print, and the edges of a network.
 */

/** An IPv4 network, edges included: `base` is its own address, `broadcast` its last one. Both unsigned 32-bit. */
export interface Ipv4Network {
  readonly base: number;
  readonly broadcast: number;
  readonly prefixLength: number;
}

/**
 * The number an address stands for, or undefined where the text is not four decimal octets.
 * Leading zeros are refused: some programs read them as octal, so `010` has no single meaning.
 */
export function parseIpv4(text: string): number | undefined {
  const octets = text.split(".");
  if (octets.length !== 4) return undefined;
  let value = 0;
  for (const octet of octets) {
    if (!/^(0|[1-9]\d{0,2})$/.test(octet) || Number(octet) > 255) return undefined;
    value = value * 256 + Number(octet);
  }
  return value;
}

/** The dotted text of an unsigned 32-bit address. */
export function formatIpv4(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join(".");
}

/** The network around `address` with a prefix of `prefixLength` bits (0-32). */
export function networkOf(address: number, prefixLength: number): Ipv4Network {
  // Multiplication and not shifts: a shift by 32 is a shift by 0 in JavaScript.
  const size = 2 ** (32 - prefixLength);
  const base = Math.floor(address / size) * size;
  return { base, broadcast: base + size - 1, prefixLength };
}

/**
 * The network that contains the address in `text` ("192.168.1.7/24" gives 192.168.1.0/24),
 * or undefined where the text is no address with a prefix length.
 */
export function parseCidr(text: string): Ipv4Network | undefined {
  const match = /^([^/]+)\/(0|[1-9]\d?)$/.exec(text);
  const address = parseIpv4(match?.[1] ?? "");
  const prefixLength = Number(match?.[2]);
  if (address === undefined || prefixLength > 32) return undefined;
  return networkOf(address, prefixLength);
}

/** The canonical text of a network: "192.168.1.0/24". */
export function formatCidr(network: Ipv4Network): string {
  return `${formatIpv4(network.base)}/${network.prefixLength}`;
}

/** Whether `address` lies in `network`, its edges included. */
export function contains(network: Ipv4Network, address: number): boolean {
  return address >= network.base && address <= network.broadcast;
}

/**
 * Whether a machine can have this address: not "this network" (0/8), not loopback (127/8),
 * not multicast, reserved or broadcast (224/3). Source: the IANA IPv4 special-purpose registry.
 */
export function isHostAddress(address: number): boolean {
  const firstOctet = address >>> 24;
  return firstOctet !== 0 && firstOctet !== 127 && firstOctet < 224;
}
