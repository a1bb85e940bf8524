/** Topologies of any shape for property tests: drawn so that most of them are accepted, and any may be refused. */
import fc from "fast-check";
import type { ClusterInput, MemberOverrideInput, PoolInput, TopologyInput } from "../../../lib/topology";
import { anyHardware } from "./any-hardware";
import type { Hardware } from "./any-hardware";
import { MOST_NODES, anyProxmox, nodesOf } from "./any-proxmox";

/** Each pool has a block of ids and addresses for itself, this long in each of its sources. */
const BLOCK = 24;

/** The further network in which a server gives the addresses, so that none is declared. */
const NET_SERVED = 2;

/** What is drawn of a pool, before it is known which block it gets. */
interface PoolShape {
  readonly count: number;
  readonly without: readonly number[];
  readonly ids: "first" | "range" | "list";
  readonly addresses: "first" | "range" | "list" | "dhcp";
  readonly addresses6: "range" | "list" | "auto" | "dhcp" | "none";
  readonly further: readonly number[];
  readonly overridden: readonly number[];
  readonly placement: "spread" | "rotate" | "pack";
  readonly agent: boolean;
  readonly hardware: Hardware;
  /** That of members that are overridden. */
  readonly ownHardware: Hardware;
  /** The place among all nodes of the one that members which are overridden are on; undefined: they are placed. */
  readonly ownNode: number | undefined;
}

const smallNumbers = fc.uniqueArray(fc.integer({ min: 2, max: 8 }), { maxLength: 3 });

const poolShape: fc.Arbitrary<PoolShape> = fc.record({
  count: fc.integer({ min: 1, max: 8 }),
  without: smallNumbers,
  ids: fc.constantFrom("first", "range", "list"),
  addresses: fc.constantFrom("first", "range", "list", "dhcp"),
  addresses6: fc.constantFrom("range", "list", "auto", "dhcp", "none"),
  further: fc.uniqueArray(fc.integer({ min: 0, max: 2 }), { maxLength: 3 }),
  overridden: smallNumbers,
  placement: fc.constantFrom("spread", "rotate", "pack"),
  agent: fc.boolean(),
  hardware: anyHardware,
  ownHardware: anyHardware,
  ownNode: fc.option(fc.nat({ max: MOST_NODES - 1 }), { nil: undefined }),
});

/** What differs in the main network of a cluster; null lifts what the topology sets. */
const networkShape = fc.record(
  {
    vlanId: fc.constantFrom(null, 1, 4094),
    mtu: fc.constantFrom(null, 1280, 9000),
    dnsServers: fc.constantFrom(["10.0.255.254"], ["9.9.9.9", "2620:fe::fe"]),
  },
  { requiredKeys: [] },
);

/** What is drawn of a cluster besides its pools. */
const clusterShape = fc.record({
  isShort: fc.boolean(),
  hasApiAddress: fc.boolean(),
  waits: fc.boolean(),
  network: fc.option(networkShape, { nil: undefined }),
});

/**
 * A pool in a block of its own; another block is another pool.
 * @param nodes names of all nodes
 */
export function poolIn(block: number, shape: PoolShape, dual: boolean, nodes: readonly string[]): PoolInput {
  const { count, ids, addresses, addresses6, further, placement, agent } = shape;
  const numbers = (length: number): number[] => Array.from({ length }, (_, index) => index + 1);
  const without = shape.without.filter((number) => number <= count);
  const overridden = shape.overridden.filter((number) => number <= count && !without.includes(number));
  const id = (offset: number): number => 1000 + 100 * block + offset;
  const four = (offset: number, network = 0): string => `10.${network}.${block}.${10 + offset}`;
  const six = (offset: number, network = 0): string =>
    `fd00:${network}::${block}:${(16 + offset).toString(16)}`;
  const halves = (at: (offset: number) => number | string): string[] => [
    `${String(at(0))}-${String(at(4))}`,
    String(at(5)),
    `${String(at(6))}-${String(at(BLOCK - 1))}`,
  ];
  const whole = (at: (offset: number) => number | string): string =>
    `${String(at(0))}-${String(at(BLOCK - 1))}`;
  const overrideOf = (number: number): MemberOverrideInput => ({
    ...shape.ownHardware,
    cores: 8,
    ...(shape.ownNode === undefined ? {} : { node: nodes[shape.ownNode % nodes.length] ?? "" }),
    vmId: id(50 + number),
    ...(number % 2 === 0 ? { address: four(100 + number) } : {}),
  });
  return {
    ...shape.hardware,
    role: agent ? "agent" : "server",
    count,
    placement,
    without,
    ...(ids === "first" ? { firstVmId: id(0) } : { vmIds: ids === "range" ? whole(id) : halves(id) }),
    ...(addresses === "first"
      ? { firstAddress: four(0) }
      : { addresses: addresses === "dhcp" ? "dhcp" : addresses === "range" ? whole(four) : halves(four) }),
    ...(!dual || addresses6 === "none"
      ? {}
      : {
          addresses6: addresses6 === "range" ? whole(six) : addresses6 === "list" ? halves(six) : addresses6,
        }),
    networks: Object.fromEntries(
      further.map((network) => [
        `net-${network}`,
        network === NET_SERVED
          ? { addresses: "dhcp" }
          : {
              addresses: whole((offset) => four(offset, network + 1)),
              addresses6: network === 0 ? "auto" : whole((offset) => six(offset, network + 1)),
            },
      ]),
    ),
    overrides: Object.fromEntries(
      numbers(count)
        .filter((number) => overridden.includes(number))
        .map((number) => [number, overrideOf(number)]),
    ),
  };
}

/** A topology, and what it takes to add another pool to it. */
export interface Drawn {
  readonly input: TopologyInput;
  readonly dual: boolean;
  /** A pool in a block that none has. */
  readonly spare: PoolInput;
}

/**
 * Any topology.
 * @param apart whether every pool has a block of its own; else some clash
 */
export function anyTopology(apart: boolean): fc.Arbitrary<Drawn> {
  return fc
    .record({
      proxmox: anyProxmox(apart),
      dual: fc.boolean(),
      clusters: fc.array(fc.array(poolShape, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 }),
      shapes: fc.array(clusterShape, { minLength: 4, maxLength: 4 }),
      hasManager: fc.boolean(),
      network: networkShape,
      blocks: fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 12, maxLength: 12 }),
      reserved: fc.integer({ min: 0, max: 12 }),
      router: fc.integer({ min: 0, max: 12 }),
      spare: poolShape,
    })
    .map(
      ({
        proxmox,
        dual,
        clusters,
        shapes: clusterShapes,
        hasManager,
        network,
        blocks,
        reserved,
        router,
        spare,
      }): Drawn => {
        const nodes = [...nodesOf(proxmox).keys()];
        let drawn = 0;
        const nextBlock = (): number => (apart ? drawn++ : (blocks[drawn++] ?? 0));
        const clusterOf = (pools: readonly PoolShape[], index: number): ClusterInput => {
          const [first] = pools;
          const { isShort, hasApiAddress, waits, network: own } = clusterShapes[index] ?? {};
          const common = {
            role: hasManager && index === 0 ? ("manager" as const) : ("apps" as const),
            ...(hasApiAddress ? { apiAddress: `10.0.251.${index}` } : {}),
            ...(waits && index > 0 ? { waitsFor: [`c${index - 1}`] } : {}),
            ...(own ? { network: own } : {}),
          };
          if (first && isShort) {
            const { count, ...pool } = poolIn(nextBlock(), { ...first, agent: false }, dual, nodes);
            return { ...pool, ...common, members: count };
          }
          const named = pools.map((shape, at): [string, PoolInput] => [
            `pool-${at}`,
            poolIn(nextBlock(), at === 0 ? { ...shape, agent: false } : shape, dual, nodes),
          ]);
          return { ...common, pools: Object.fromEntries(named) };
        };
        const input: TopologyInput = {
          proxmox,
          network: {
            ...network,
            cidr: "10.0.0.0/16",
            gateway: apart ? "10.0.255.254" : `10.0.${router}.13`,
            domain: "lab.example",
            reserved: apart ? [] : [`10.0.${reserved}.12`],
            ...(dual ? { ipv6: { cidr: "fd00:0::/64" } } : {}),
          },
          networks: {
            "net-0": { bridge: "vmbr1", cidr: "10.1.0.0/16", gateway: "10.1.255.254" },
            "net-1": {
              bridge: "vmbr2",
              vlanId: 7,
              mtu: 9000,
              cidr: "10.2.0.0/16",
              ipv6: { cidr: "fd00:2::/64", gateway: "fe80::1" },
            },
            "net-2": { bridge: "vmbr3" },
          },
          defaults: { cores: 2, memoryMiB: 4096, diskGiB: 20 },
          clusters: Object.fromEntries(
            clusters.map((shapes, index) => [`c${index}`, clusterOf(shapes, index)]),
          ),
        };
        return { input, dual, spare: poolIn(40, spare, dual, nodes) };
      },
    );
}
