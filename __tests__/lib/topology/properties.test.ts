import fc from "fast-check";
import { TopologyError, placementOf, resolveTopology } from "../../../lib/topology";
import type { ClusterInput, PoolInput, Topology, TopologyInput, Vm } from "../../../lib/topology";
import { parseCidr, parseIpv4 } from "../../../lib/topology/ipv4";
import { parseCidr6, parseIpv6 } from "../../../lib/topology/ipv6";
import { nodesOf, withNode } from "./any-proxmox";
import { anyTopology } from "./any-topology";

const vmsOf = ({ clusters }: Topology): Vm[] => clusters.flatMap(({ vms }) => vms);

/** The topology, or undefined where it is refused; any other exception is a bug. */
function resolved(input: TopologyInput): Topology | undefined {
  try {
    return resolveTopology(input);
  } catch (error) {
    if (error instanceof TopologyError) return undefined;
    throw error;
  }
}

const numberOf = (address: string): bigint | undefined =>
  address.includes(":") ? parseIpv6(address) : BigInt(parseIpv4(address) ?? -1);

/** The fixed addresses of a VM, each with the network it is in. */
const addressesOf = (vm: Vm): { network: string; address: string }[] =>
  vm.interfaces.flatMap(({ network, ipv4, ipv6 }) =>
    [ipv4, ipv6].flatMap((ip) => (typeof ip === "object" ? [{ network, address: ip.address }] : [])),
  );

/** How many routers a VM is told of for one IP version. */
const routersOf = ({ interfaces }: Vm, version: "ipv4" | "ipv6"): number =>
  interfaces.filter(({ [version]: ip }) => typeof ip === "object" && ip.gateway !== undefined).length;

/** What the disks of a VM take of a storage. */
const diskGiBOn = (name: string, { storage, diskGiB, extraDisks }: Vm): number =>
  [{ storage, sizeGiB: diskGiB }, ...extraDisks].reduce(
    (sum, disk) => (disk.storage === name ? sum + disk.sizeGiB : sum),
    0,
  );

const clashes = (values: readonly unknown[]): number => values.length - new Set(values).size;

describe("any topology", () => {
  test("is refused, or every VM has its own name, key, id and addresses, all where they belong", () => {
    let accepted = 0;
    fc.assert(
      fc.property(anyTopology(false), ({ input }) => {
        const topology = resolved(input);
        if (!topology) return;
        accepted++;
        const vms = vmsOf(topology);
        expect(clashes(vms.map(({ name }) => name))).toBe(0);
        expect(clashes(vms.map(({ key }) => key))).toBe(0);
        expect(clashes(vms.map(({ vmId }) => vmId))).toBe(0);
        expect(clashes(vms.flatMap(addressesOf).map(({ address }) => address))).toBe(0);
        const { templateId } = input.proxmox;
        const templates = typeof templateId === "number" ? [templateId] : Object.values(templateId);
        for (const { vmId } of vms) expect(templates).not.toContain(vmId);
        for (const version of ["ipv4", "ipv6"] as const)
          expect(Math.max(...vms.map((vm) => routersOf(vm, version)))).toBeLessThan(2);
        const outside = new Set([...(input.network.reserved ?? []), input.network.gateway]);
        const networks = new Map(topology.networks.map((network) => [network.name, network]));
        for (const { network, address } of vms.flatMap(addressesOf)) {
          expect(outside).not.toContain(address);
          const { ipv4, ipv6 } = networks.get(network) ?? {};
          const value = numberOf(address) ?? -1n;
          if (address.includes(":")) {
            const { base = 0n, last = 0n } = parseCidr6(ipv6?.cidr ?? "") ?? {};
            expect(value > base && value <= last).toBe(true);
          } else {
            const { base = 0, broadcast = 0 } = parseCidr(ipv4?.cidr ?? "") ?? {};
            expect(value > BigInt(base) && value < BigInt(broadcast)).toBe(true);
          }
        }
      }),
      { numRuns: 200 },
    );
    expect(accepted).toBeGreaterThan(10);
  });

  test("is refused, or every VM is on a node that has room for it, cloned from the template of that node", () => {
    let limited = 0;
    fc.assert(
      fc.property(anyTopology(false), ({ input }) => {
        const topology = resolved(input);
        if (!topology) return;
        const nodes = nodesOf(input.proxmox);
        const { templateId, overcommit } = input.proxmox;
        const vms = vmsOf(topology);
        for (const { node, cluster, pool, number, templateId: own } of vms) {
          const { pools, overrides } = input.clusters[cluster] ?? {};
          const set = (pool === undefined ? overrides : pools?.[pool]?.overrides)?.[number]?.node;
          expect(nodes.has(node)).toBe(true);
          if (set !== undefined) expect(node).toBe(set);
          expect(own).toBe(typeof templateId === "number" ? templateId : templateId[node]);
        }
        for (const [name, { cores, memoryMiB, storageGiB = {} }] of nodes) {
          if (cores !== undefined) limited++;
          const there = vms.filter(({ node }) => node === name);
          const sum = (of: (vm: Vm) => number): number => there.reduce((all, vm) => all + of(vm), 0);
          expect(sum((vm) => vm.cores)).toBeLessThanOrEqual((cores ?? Infinity) * (overcommit?.cores ?? 1));
          expect(sum((vm) => vm.memoryMiB)).toBeLessThanOrEqual(memoryMiB ?? Infinity);
          expect(sum((vm) => diskGiBOn("local-zfs", vm))).toBeLessThanOrEqual(
            storageGiB["local-zfs"] ?? Infinity,
          );
        }
        const shared = vms.reduce((all, vm) => all + diskGiBOn("ceph", vm), 0);
        expect(shared).toBeLessThanOrEqual(4000);
      }),
      { numRuns: 300 },
    );
    // Else no limit was checked above.
    expect(limited).toBeGreaterThan(10);
  });

  test("gives every member the n-th of what its pool sets aside, unless its override says otherwise", () => {
    fc.assert(
      fc.property(anyTopology(true), ({ input }) => {
        for (const { name, pools } of resolveTopology(input).clusters) {
          const cluster = input.clusters[name];
          for (const { vms, vmIdRanges, addressRanges, name: pool } of pools) {
            const given = pool === undefined ? cluster : cluster?.pools?.[pool];
            const ids = vmIdRanges.flatMap(({ first, last }) =>
              Array.from({ length: last - first + 1 }, (_, index) => first + index),
            );
            for (const vm of vms) {
              const override = given?.overrides?.[vm.number];
              expect(vm.vmId).toBe(override?.vmId ?? ids[vm.number - 1]);
              for (const { network, address } of addressesOf(vm)) {
                const value = numberOf(address) ?? -1n;
                const inside = addressRanges.some(
                  (range) =>
                    range.network === network &&
                    range.first.includes(":") === address.includes(":") &&
                    (numberOf(range.first) ?? 0n) <= value &&
                    value <= (numberOf(range.last) ?? 0n),
                );
                expect(inside || address === override?.address).toBe(true);
              }
            }
          }
        }
      }),
    );
  });
});

/** An edit of one pool, or of the topology around it; whom it is about may change, nobody else may. */
interface Edit {
  readonly input: TopologyInput;
  readonly about: readonly string[];
}

type EditPool = (pool: PoolInput) => { readonly pool: PoolInput; readonly members: readonly number[] };

const editsOfPools: Readonly<Record<string, EditPool>> = {
  "the pool grows": (pool) => ({ pool: { ...pool, count: pool.count + 3 }, members: [] }),
  "the pool shrinks": (pool) => {
    const count = Math.max(1, pool.count - 1);
    const kept = ([number]: readonly [string, unknown]): boolean => Number(number) <= count;
    const overrides = Object.fromEntries(Object.entries(pool.overrides ?? {}).filter(kept));
    const without = (pool.without ?? []).filter((number) => number <= count);
    return { pool: { ...pool, count, overrides, without }, members: [pool.count] };
  },
  "a member is left out": (pool) => {
    const { count, without = [], overrides = {} } = pool;
    const present = Array.from({ length: count }, (_, index) => index + 1).filter(
      (number) => !without.includes(number),
    );
    const [number] = present;
    if (number === undefined || present.length === 1) return { pool, members: [] };
    const kept = Object.entries(overrides).filter(([other]) => Number(other) !== number);
    const edited = { ...pool, overrides: Object.fromEntries(kept), without: [...without, number] };
    return { pool: edited, members: [number] };
  },
  "members come back": (pool) => ({ pool: { ...pool, without: [] }, members: pool.without ?? [] }),
  "a member differs": (pool) => {
    const overrides = {
      ...pool.overrides,
      1: { cores: 32, vmId: 90_000, address: "10.0.200.1", node: "pve1" },
    };
    return { pool: { ...pool, overrides }, members: [1] };
  },
};

const editsAround: Readonly<Record<string, (input: TopologyInput, spare: PoolInput) => TopologyInput>> = {
  "a cluster is added": (input, spare) => {
    const added: ClusterInput = { role: "apps", pools: { pool: { ...spare, role: "server" } } };
    return { ...input, clusters: { ...input.clusters, added } };
  },
  "an address is reserved": (input) => ({
    ...input,
    network: { ...input.network, reserved: [...(input.network.reserved ?? []), "10.0.250.1"] },
  }),
  "a profile is added that nobody uses": (input) => ({ ...input, profiles: { huge: { cores: 64 } } }),
  "a network is added that nobody uses": (input) => ({
    ...input,
    networks: { unused: { bridge: "vmbr9", cidr: "10.9.0.0/24" }, ...input.networks },
  }),
  "a node is added": (input) => ({ ...input, proxmox: withNode(input.proxmox) }),
};

/** Edits the first pool of the last cluster, whether it is written in short or not. */
function editPool(input: TopologyInput, edit: EditPool): Edit {
  const [name = "", cluster] = Object.entries(input.clusters).at(-1) ?? [];
  if (!cluster) return { input, about: [] };
  const withCluster = (edited: ClusterInput): TopologyInput => ({
    ...input,
    clusters: { ...input.clusters, [name]: edited },
  });
  const first = cluster.pools?.["pool-0"];
  if (first) {
    const { pool, members } = edit(first);
    const edited = withCluster({ ...cluster, pools: { ...cluster.pools, "pool-0": pool } });
    return { input: edited, about: members.map((number) => `${name}-pool-0-${number}`) };
  }
  const { members = 1, role, ...settings } = cluster;
  const { pool, members: about } = edit({ ...settings, role: "server", count: members });
  const { count, ...edited } = pool;
  return {
    input: withCluster({ ...edited, role, members: count }),
    about: about.map((number) => `${name}-${number}`),
  };
}

/** Every VM that is there before an edit is the same after it, but those that the edit is about. */
function expectOthersKept(
  input: TopologyInput,
  edit: Edit,
  { isRecorded, ofOthers = () => true }: { isRecorded: boolean; ofOthers?: (vm: Vm) => boolean },
): void {
  const topology = resolveTopology(input);
  const options = isRecorded ? { placement: placementOf(topology) } : {};
  const after = new Map(vmsOf(resolveTopology(edit.input, options)).map((vm) => [vm.key, vm]));
  for (const vm of vmsOf(topology).filter(ofOthers)) {
    if (!edit.about.includes(vm.key)) expect(after.get(vm.key)).toEqual(vm);
  }
}

describe("no other VM changes when", () => {
  const isRecorded = true;

  test.each(Object.entries(editsOfPools))("%s", (_name, edit) => {
    fc.assert(
      fc.property(anyTopology(true), ({ input }) => {
        expectOthersKept(input, editPool(input, edit), { isRecorded });
      }),
    );
  });

  test("a pool is added", () => {
    fc.assert(
      fc.property(anyTopology(true), ({ input, spare }) => {
        const [name, cluster] = Object.entries(input.clusters).find(([, { pools }]) => pools) ?? [];
        if (name === undefined || !cluster) return;
        const pools = { added: spare, ...cluster.pools };
        const edited = { ...input, clusters: { ...input.clusters, [name]: { ...cluster, pools } } };
        expectOthersKept(input, { input: edited, about: [] }, { isRecorded });
      }),
    );
  });

  test.each(Object.entries(editsAround))("%s", (_name, edit) => {
    fc.assert(
      fc.property(anyTopology(true), ({ input, spare }) => {
        expectOthersKept(input, { input: edit(input, spare), about: [] }, { isRecorded });
      }),
    );
  });
});

describe("where no record is kept and nodes have room, no other VM changes when", () => {
  const isRecorded = false;

  test.each(Object.entries(editsOfPools))("%s", (name, edit) => {
    // The servers of a cluster are spread together: those of later pools come after those of a pool that grows.
    const ofOthers = ({ cluster, pool = "pool-0" }: Vm, last: string): boolean =>
      !["the pool grows", "the pool shrinks"].includes(name) || cluster !== last || pool === "pool-0";
    fc.assert(
      fc.property(anyTopology(true), ({ input }) => {
        const last = Object.keys(input.clusters).at(-1) ?? "";
        expectOthersKept(input, editPool(input, edit), { isRecorded, ofOthers: (vm) => ofOthers(vm, last) });
      }),
    );
  });

  test.each(Object.entries(editsAround).filter(([name]) => name !== "a node is added"))(
    "%s",
    (_name, edit) => {
      fc.assert(
        fc.property(anyTopology(true), ({ input, spare }) => {
          expectOthersKept(input, { input: edit(input, spare), about: [] }, { isRecorded });
        }),
      );
    },
  );
});
