import type { Network } from "../../topology";
import { formatIpv4, networkOf, parseCidr, parseIpv4 } from "../../topology/ipv4";
import type { Ipv4Network } from "../../topology/ipv4";
import { countOf } from "../units";
import { rectangle, round, text } from "./drawing";
import type { Drawing } from "./drawing";
import { clusterColour } from "./marks";
import type { Scene } from "./scene";

/** A taken address. */
export interface Taken {
  readonly address: number;
  /** Class of its colour. */
  readonly colour: string;
}

const BAR_HEIGHT = 12;
/** A network with at least so long a prefix is drawn whole: 1,024 addresses. Of a larger one no less is drawn. */
const WHOLE_PREFIX = 22;

/**
 * The IPv4 addresses of a network as a strip from the first to the last, those that are taken in their cluster's
 * colour: how much room there is, and where. Of a network that is hardly used only the part around what is taken.
 * Undefined where no address is fixed.
 */
export function addressStrip({ ipv4 }: Network, taken: readonly Taken[], width: number): Drawing | undefined {
  const subnet = ipv4 && parseCidr(ipv4.cidr);
  if (!subnet || taken.length === 0) return undefined;
  const gateway = ipv4.gateway === undefined ? undefined : parseIpv4(ipv4.gateway);
  const extent = partAround(subnet, [
    ...taken.map(({ address }) => address),
    ...(gateway === undefined ? [] : [gateway]),
  ]);
  const whole = extent.prefixLength === subnet.prefixLength;
  const ends = `${formatIpv4(extent.base)} – ${formatIpv4(extent.broadcast)}${whole ? "" : " of the network"}`;
  const positionOf = (address: number) =>
    ((address - extent.base) / (extent.broadcast - extent.base + 1)) * width;
  const markup = [
    text(
      { text: `${countOf(taken.length, "address", "addresses")} taken`, font: "small", colour: "muted" },
      { x: 0, y: 10, width: width * 0.35 },
    ),
    text(
      { text: ends, font: "small", colour: "muted" },
      { x: width, y: 10, width: width * 0.64, anchor: "end" },
    ),
    rectangle({ x: 0, y: 18, width, height: BAR_HEIGHT }, "track", 3),
    ...segments(taken, extent, width).map(({ from, to, colour }) =>
      rectangle({ x: from, y: 18, width: to - from, height: BAR_HEIGHT }, colour),
    ),
  ];
  if (gateway !== undefined) {
    const x = round(Math.min(Math.max(positionOf(gateway + 0.5), 1), width - 1));
    markup.push(`<path class="notch" d="M${x} 15v${BAR_HEIGHT + 6}"/>`);
  }
  return { width, height: 38, markup: markup.join("") };
}

/** The fixed IPv4 addresses of VMs in each network, by its name. */
export function takenAddresses({ topology, numbers }: Scene): Map<string, Taken[]> {
  const taken = new Map<string, Taken[]>();
  for (const cluster of topology.clusters) {
    const colour = clusterColour(numbers.get(cluster.name) ?? 1);
    for (const { interfaces } of cluster.vms) {
      for (const { network, ipv4 } of interfaces) {
        const address = typeof ipv4 === "object" ? parseIpv4(ipv4.address) : undefined;
        if (address === undefined) continue;
        const list = taken.get(network);
        if (list) list.push({ address, colour });
        else taken.set(network, [{ address, colour }]);
      }
    }
  }
  return taken;
}

/** The smallest network that holds all of some addresses, within `subnet`. */
function partAround(subnet: Ipv4Network, addresses: readonly number[]): Ipv4Network {
  const first = addresses.reduce((a, b) => Math.min(a, b));
  const last = addresses.reduce((a, b) => Math.max(a, b));
  if (subnet.prefixLength >= WHOLE_PREFIX) return subnet;
  let prefixLength = WHOLE_PREFIX;
  while (prefixLength > subnet.prefixLength && networkOf(first, prefixLength).broadcast < last)
    prefixLength--;
  return networkOf(first, prefixLength);
}

/** The strip's coloured pieces: neighbours of one colour in one piece, none so narrow that it is not seen. */
function segments(
  taken: readonly Taken[],
  { base, broadcast }: Ipv4Network,
  width: number,
): { from: number; to: number; colour: string }[] {
  const size = broadcast - base + 1;
  const pieces: { from: number; to: number; colour: string }[] = [];
  for (const { address, colour } of [...taken].sort((a, b) => a.address - b.address)) {
    const from = ((address - base) / size) * width;
    const to = Math.min(width, Math.max(((address - base + 1) / size) * width, from + 2));
    const last = pieces.at(-1);
    if (last?.colour === colour && from <= last.to + 0.1) last.to = Math.max(last.to, to);
    else if (!last || to > last.to) pieces.push({ from: Math.max(from, last?.to ?? 0), to, colour });
  }
  return pieces;
}
