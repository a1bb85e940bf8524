import { parseIpv4 } from "../topology/ipv4";
import { parseIpv6 } from "../topology/ipv6";

/** The number that an IP address of either version stands for; undefined where the text is none. */
export function addressNumber(text: string): number | bigint | undefined {
  return parseIpv6(text) ?? parseIpv4(text);
}
