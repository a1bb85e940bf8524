import type { Cluster, Network, NetworkInterface } from "../../topology";
import { addressTexts } from "../address-text";
import { countOf } from "../units";
import { addressStrip, takenAddresses } from "./address-strip";
import type { Taken } from "./address-strip";
import { balancedColumns } from "./columns";
import { place, rectangle, text } from "./drawing";
import type { Drawing, Run } from "./drawing";
import { textWidth } from "./fonts";
import { badge, sectionHeading } from "./marks";
import { MOST_NETWORKS } from "./scene";
import type { Scene } from "./scene";

const GAP = 20;
const PADDING = 16;
/** The clusters of a network are named up to so many. */
const MOST_NAMED = 8;

/** The networks: where they are, their addresses, and who is in them. */
export function drawNetworks(scene: Scene, width: number): Drawing {
  const { networks } = scene.topology;
  if (networks.length === 0) return { width, height: 0, markup: "" };
  const shown = networks.slice(0, MOST_NETWORKS);
  const heading = sectionHeading("Networks", countOf(networks.length, "network"), width);
  const columns = balancedColumns(shown.length, width >= 1200 ? 3 : 2);
  const each = (width - GAP * (columns - 1)) / columns;
  const members = membersOf(scene);
  const taken = takenAddresses(scene);
  const methods = methodsOf(scene);
  const markup = [heading.markup];
  let y = heading.height;
  for (let first = 0; first < shown.length; first += columns) {
    const row = shown.slice(first, first + columns).map((network) =>
      drawNetwork(
        network,
        {
          members: members.get(network.name) ?? new Map<Cluster, number>(),
          taken: taken.get(network.name) ?? [],
          methods: methods.get(network.name) ?? new Set(),
        },
        scene,
        each,
      ),
    );
    const height = Math.max(...row.map((card) => card.height));
    row.forEach((card, index) => {
      const frame = rectangle({ x: 0.5, y: 0.5, width: each - 1, height: height - 1 }, "frame", 10);
      markup.push(place(index * (each + GAP), y, frame + card.markup));
    });
    y += height + GAP;
  }
  const rest = networks.length - shown.length;
  if (rest > 0) {
    const says = `and ${countOf(rest, "more network")}`;
    markup.push(text({ text: says, font: "plain", colour: "muted" }, { x: 0, y: y + 6, width }));
    y += 14 + GAP;
  }
  return { width, height: y - GAP, markup: markup.join("") };
}

/** How many VMs of each cluster are in each network, by its name. */
function membersOf({ topology }: Scene): Map<string, Map<Cluster, number>> {
  const members = new Map<string, Map<Cluster, number>>();
  for (const cluster of topology.clusters) {
    for (const vm of cluster.vms) {
      for (const network of new Set(vm.interfaces.map((one) => one.network))) {
        const counts = members.get(network) ?? new Map<Cluster, number>();
        members.set(network, counts);
        counts.set(cluster, (counts.get(cluster) ?? 0) + 1);
      }
    }
  }
  return members;
}

/** How interfaces in each network get the addresses that are not fixed, by its name: "DHCP". */
function methodsOf({ vms }: Scene): Map<string, Set<string>> {
  const methods = new Map<string, Set<string>>();
  const found = (ip: NetworkInterface["ipv4"]) => (typeof ip === "object" ? undefined : ip);
  for (const { interfaces } of vms) {
    for (const { network, ipv4, ipv6 } of interfaces) {
      for (const method of addressTexts({ ipv4: found(ipv4), ipv6: found(ipv6) }))
        methods.set(network, (methods.get(network) ?? new Set()).add(method));
    }
  }
  return methods;
}

/** What VMs have of a network. */
interface Use {
  readonly members: ReadonlyMap<Cluster, number>;
  /** The addresses that are fixed. */
  readonly taken: readonly Taken[];
  /** How the others are found. */
  readonly methods: ReadonlySet<string>;
}

function drawNetwork(
  network: Network,
  { members, taken, methods }: Use,
  scene: Scene,
  width: number,
): Drawing {
  const inner = width - 2 * PADDING;
  const vlan = network.vlanId === undefined ? "no VLAN" : `VLAN ${network.vlanId}`;
  const link = [vlan, `bridge ${network.bridge}`, network.mtu ? `MTU ${network.mtu}` : ""].filter(Boolean);
  const linkText = link.join(" · ");
  const linkWidth = Math.min(textWidth(linkText, "plain"), inner * 0.6);
  const markup = [
    text({ text: network.name, font: "heading" }, { x: PADDING, y: 28, width: inner - linkWidth - 12 }),
    text({ text: linkText, font: "plain" }, { x: width - PADDING, y: 28, width: linkWidth, anchor: "end" }),
  ];
  let y = 52;
  for (const runs of addressing(network, methods)) {
    markup.push(text(runs, { x: PADDING, y, width: inner }));
    y += 20;
  }
  const strip = addressStrip(network, taken, inner);
  if (strip) {
    markup.push(place(PADDING, y - 4, strip.markup));
    y += strip.height + 6;
  }
  const chips = memberChips(members, scene, inner);
  markup.push(place(PADDING, y - 4, chips.markup));
  return { width, height: y - 4 + chips.height + PADDING - 4, markup: markup.join("") };
}

/** What is to be said of the addresses of a network, a line each. */
function addressing({ ipv4, ipv6, dnsServers }: Network, methods: ReadonlySet<string>): Run[][] {
  const lines: Run[][] = [];
  for (const subnet of [ipv4, ipv6]) {
    if (!subnet) continue;
    lines.push([
      { text: subnet.cidr, font: "code" },
      ...(subnet.gateway === undefined
        ? [{ text: "   no gateway", font: "plain", colour: "muted" } as const]
        : [
            { text: "   gateway ", font: "plain", colour: "muted" } as const,
            { text: subnet.gateway, font: "code" } as const,
          ]),
    ]);
  }
  if (lines.length === 0) {
    const says = methods.size > 0 ? `addresses by ${[...methods].join(" and ")}` : "no addresses";
    lines.push([{ text: says, font: "plain", colour: "muted" }]);
  }
  if (dnsServers.length > 0)
    lines.push([
      { text: "DNS ", font: "plain", colour: "muted" },
      { text: dnsServers.join(", "), font: "code" },
    ]);
  return lines;
}

/** The clusters of a network, with how many VMs of each. */
function memberChips(members: ReadonlyMap<Cluster, number>, scene: Scene, width: number): Drawing {
  const markup: string[] = [];
  let x = 0;
  let y = 0;
  const add = (drawing: Drawing) => {
    if (x > 0 && x + drawing.width > width) {
      x = 0;
      y += 26;
    }
    markup.push(place(x, y, drawing.markup));
    x += drawing.width + 20;
  };
  const all = [...members];
  for (const [cluster, count] of all.slice(0, MOST_NAMED)) {
    const sign = badge(scene.numbers.get(cluster.name) ?? 1);
    const runs: Run[] = [
      { text: cluster.name, font: "plain" },
      { text: ` ${countOf(count, "VM")}`, font: "plain", colour: "muted" },
    ];
    const wanted = runs.reduce((sum, run) => sum + textWidth(run.text, run.font), 0);
    const fitting = Math.min(wanted, width - sign.width - 6);
    add({
      width: sign.width + 6 + fitting,
      height: 18,
      markup: sign.markup + text(runs, { x: sign.width + 6, y: 13, width: fitting }),
    });
  }
  const rest = all.length - MOST_NAMED;
  if (rest > 0) {
    const says = `and ${countOf(rest, "more cluster")}`;
    const wanted = textWidth(says, "plain");
    add({
      width: wanted,
      height: 18,
      markup: text({ text: says, font: "plain", colour: "muted" }, { x: 0, y: 13, width: wanted }),
    });
  }
  return { width, height: y + 22, markup: markup.join("") };
}
