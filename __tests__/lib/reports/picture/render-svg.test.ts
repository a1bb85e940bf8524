import { renderSvg } from "../../../../lib/reports/picture";
import type { Topology } from "../../../../lib/topology";
import { buildTopology, builtNode, MAIN_NETWORK } from "../../../support/built-topology";
import {
  chain,
  enormous,
  fleet,
  longestNames,
  manyNetworks,
  manySteps,
  reference,
  serversAndWorkers,
} from "../../../support/sample-topologies";

/** The texts of a picture, in their order, entities resolved. */
function texts(svg: string): string[] {
  return [...svg.matchAll(/<text [^>]*>([^]*?)<\/text>/g)].map(([, content = ""]) =>
    content
      .replace(/<title>[^]*?<\/title>/, "")
      .replace(/<[^>]*>/g, "")
      .replace(/&(lt|gt|quot|amp|#39);/g, (entity) => ENTITIES[entity] ?? ""),
  );
}

/** Clusters that wait for "lab" and leave its card a third of the picture. */
const OTHERS = [
  { name: "a", waitsFor: ["lab"], pools: [{ count: 1 }] },
  { name: "b", waitsFor: ["a"], pools: [{ count: 1 }] },
];

const ENTITIES: Record<string, string> = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&amp;": "&",
  "&#39;": "'",
};

/** Where the frames of a picture are, and how high, in their order: clusters, hosts, networks. */
function framesIn(svg: string): { x: string; height: number }[] {
  return [
    ...svg.matchAll(
      /<g transform="translate\(([\d.]+) [\d.]+\)"><rect class="frame"[^>]* height="([\d.]+)"/g,
    ),
  ].map(([, x = "", height]) => ({ x, height: Number(height) }));
}

/** Whether every element is closed in its turn, and no text holds a bare "<" or "&". */
function isWellFormed(xml: string): boolean {
  const open: string[] = [];
  const rest = xml.replace(
    /<(\/?)([A-Za-z]+)((?:\s+[\w:-]+="[^"<&]*(?:&[#\w]+;[^"<&]*)*")*)\s*(\/?)>/g,
    (...match) => {
      const [, closing, name, , empty] = match as string[];
      if (closing) return open.pop() === name ? "" : "<";
      if (!empty) open.push(String(name));
      return "";
    },
  );
  return open.length === 0 && !/<|&(?!(?:lt|gt|quot|amp|#39);)/.test(rest);
}

test("every VM of the reference has its name, id, address and sizes", () => {
  const shown = texts(renderSvg(reference()));
  for (const vm of reference().clusters.flatMap(({ vms }) => vms)) {
    const ipv4 = vm.interfaces[0]?.ipv4;
    expect(shown).toContain(vm.name);
    expect(shown).toContain(String(vm.vmId));
    expect(shown).toContain(typeof ipv4 === "object" ? ipv4.address : "");
  }
  expect(shown.filter((text) => text === "4 cores · 8 GiB · disk 20 GiB")).toHaveLength(6);
});

test("the reference's title, totals, order, host and network are told", () => {
  const shown = texts(renderSvg(reference()));
  expect(shown).toEqual(
    expect.arrayContaining([
      "Rancher clusters of example.com",
      "48 GiB",
      "120 GiB",
      "waits for rancher-manager",
      "pve1",
      "VLAN 14 · bridge vmbr0",
      "192.168.1.0/24   gateway 192.168.1.1",
      "DNS 192.168.1.1, 192.168.1.2",
    ]),
  );
});

test("roles, pools, API addresses and declared capacity are told", () => {
  const shown = texts(renderSvg(serversAndWorkers()));
  expect(shown).toEqual(
    expect.arrayContaining([
      "7 agents · workers",
      "nprd-apps / workers",
      "API 192.168.0.99",
      "agent: workloads only",
      "32 of 32 cores × 2",
      "940 of 1,000 GiB",
      " · 94 %",
      "8 cores · 16 GiB · disks 100 GiB + 200 GiB",
    ]),
  );
});

test("every interface has its address of either version, or how it gets one", () => {
  const shown = texts(renderSvg(manyNetworks()));
  const first = shown.indexOf("prod-apps-edge-1");
  expect(shown.slice(first + 2, first + 14)).toEqual([
    ...["net0", "192.168.1.106", "main", "2001:db8:14::106"],
    ...["net1", "10.0.20.106", "storage", "net2", "DHCP", "backup", "net3", "2001:db8:99::106"],
  ]);
  expect(shown).toContain("⚠ 1 warning");
  expect(shown).toContain("VLAN 20 · bridge vmbr1 · MTU 9000");
});

test("a line leads from a gate to each that waits for it, but for those it is before anyway", () => {
  const lines = renderSvg(manySteps()).match(/class="line wait"/g);
  expect(lines).toHaveLength(7);
});

test("where steps have no room side by side, each that waits has the sign of a gate, and the legend tells what it is", () => {
  const svg = renderSvg(chain(6));
  expect(texts(svg)).toContain("Step 6");
  expect(svg).not.toContain("line wait");
  expect(svg.match(/class="gate"/g)).toHaveLength(5 + 1);
  expect(texts(svg).some((text) => text.startsWith("ready gate"))).toBe(true);
});

test("the legend is silent on gates where none is drawn", () => {
  const clusters = Array.from({ length: 26 }, (_, index) => ({
    name: `c${index}`,
    waitsFor: index === 25 ? ["c0"] : [],
    pools: [{ count: 1 }],
  }));
  const svg = renderSvg(buildTopology({ clusters }));
  expect(svg).not.toContain('class="gate"');
  expect(texts(svg).some((text) => text.startsWith("ready gate"))).toBe(false);
});

test("a cluster alone has the whole width, as its host has", () => {
  const svg = renderSvg(buildTopology({ clusters: [{ name: "lab", pools: [{ count: 1 }] }] }));
  const widths = [...svg.matchAll(/<rect class="frame"[^>]* width="([\d.]+)"/g)].map(([, width]) => width);
  expect(widths).toHaveLength(3);
  expect(new Set(widths).size).toBe(1);
});

test("at 200 VMs each has a row with id, name and address", () => {
  const shown = texts(renderSvg(fleet(200, 8)));
  for (const vm of fleet(200, 8).clusters.flatMap(({ vms }) => vms)) expect(shown).toContain(vm.name);
  expect(shown.some((text) => text.startsWith("Summarised"))).toBe(false);
});

test("from 301 VMs on they are counted by pool and host, and the picture says so", () => {
  expect(texts(renderSvg(fleet(300, 3)))).toContain("shop-workers-1");
  const shown = texts(renderSvg(fleet(301, 3)));
  expect(shown).not.toContain("shop-workers-1");
  expect(shown).toContain("Summarised: the 301 VMs are counted by pool and host.");
});

test("the picture of 10,000 VMs is no larger than that of 2,000, and says what is left out", () => {
  const large = renderSvg(enormous(10_000));
  expect(large.length).toBeLessThan(renderSvg(enormous(2000)).length * 1.1);
  expect(large.length).toBeLessThan(250_000);
  expect(texts(large)).toEqual(
    expect.arrayContaining([
      "and 26 more clusters with 5,200 VMs",
      "and 36 more hosts with 5,992 VMs",
      "and 8 more networks",
      "Drawn one by one: the first 24 clusters, the first 24 hosts, the first 12 networks, the first 10 pools of a host; the others in sum.",
    ]),
  );
});

test("names that would be markup are text, and what is shortened is whole in a tooltip", () => {
  const svg = renderSvg(longestNames(6));
  expect(isWellFormed(svg)).toBe(true);
  expect(svg).not.toContain("<script");
  const name = longestNames(6).clusters[0]?.vms[0]?.name ?? "";
  expect(texts(svg)).not.toContain(name);
  expect(svg).toContain(`<title>${name}</title>`);
});

test("characters that XML has no way to hold do not make the picture unreadable", () => {
  const svg = renderSvg(
    buildTopology({ nodes: 1, clusters: [{ name: "a\u0000\u001b\ud800b", pools: [{ count: 1 }] }] }),
  );
  expect(texts(svg)).toContain("a\ufffd\ufffd\ufffdb");
  expect(isWellFormed(svg)).toBe(true);
});

test("nothing is taken from outside, and nothing runs", () => {
  const svg = renderSvg(fleet(60, 3)).replace('xmlns="http://www.w3.org/2000/svg"', "");
  expect(svg).not.toMatch(/https?:|url\(|@import|href|<script|<image|<foreignObject|\bon\w+=/);
});

test("the picture is told in words to those who do not see it", () => {
  const svg = renderSvg(reference());
  expect(svg).toMatch(/^<svg [^>]*role="img" aria-labelledby="topology-title topology-description"/);
  expect(svg).toContain(
    "6 VMs in 2 clusters on 1 Proxmox host. Cluster rancher-manager (manager): 3 servers. " +
      "Cluster nprd-apps (apps): 3 servers; made when rancher-manager is ready. " +
      "Hosts: pve1 with 6 VMs. Networks: main VLAN 14 192.168.1.0/24.",
  );
});

test("the same topology gives the same text, whatever order its keys are in", () => {
  const topology = serversAndWorkers();
  const turned = JSON.parse(JSON.stringify(topology), (_, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).reverse())
      : value,
  ) as Topology;
  expect(renderSvg(turned)).toBe(renderSvg(topology));
});

test("a host that holds nothing is drawn all the same, no taller than its name", () => {
  const topology = buildTopology({ nodes: 2, clusters: [{ name: "lab", pools: [{ count: 1 }] }] });
  const svg = renderSvg(topology);
  expect(texts(svg)).toContain("no VMs");
  const [, used, empty] = framesIn(svg);
  expect(used?.height).toBeGreaterThan(100);
  expect(empty?.height).toBe(49);
});

test("members that are left out are seen in the ids of a cluster; many pieces are counted", () => {
  const whole = buildTopology({ clusters: [{ name: "lab", pools: [{ count: 12 }] }] });
  const without = (left: readonly number[]): Topology => ({
    ...whole,
    clusters: whole.clusters.map((cluster) => {
      const vms = cluster.vms.filter(({ number }) => !left.includes(number));
      return { ...cluster, vms, pools: cluster.pools.map((pool) => ({ ...pool, vms })) };
    }),
  });
  expect(texts(renderSvg(without([2])))).toContain("ids 401, 403–412");
  expect(texts(renderSvg(without([2, 4, 6, 8])))).toContain("ids 401, 403, 405 and 5 more");
});

test("a pool's addresses are those that its members have, in as many runs as there is room for", () => {
  const pool = (left: readonly number[]): string[] => {
    const [cluster] = buildTopology({ clusters: [{ name: "lab", pools: [{ count: 12 }] }] }).clusters;
    if (!cluster) throw new Error("there is no cluster");
    const vms = cluster.vms.filter(({ number }) => !left.includes(number));
    const topology = buildTopology({ clusters: [{ name: "lab", pools: [{ count: 12 }] }, ...OTHERS] });
    const [, ...others] = topology.clusters;
    const pools = cluster.pools.map((each) => ({ ...each, vms }));
    return texts(renderSvg({ ...topology, clusters: [{ ...cluster, vms, pools }, ...others] }));
  };
  expect(pool([])).toContain("192.168.1.100 to 192.168.1.111");
  expect(pool([2, 4, 6, 7, 8, 9, 10, 11, 12])).toContain("192.168.1.100, 192.168.1.102, 192.168.1.104");
  expect(pool([2, 4, 6])).toContain("192.168.1.100, 192.168.1.102 and 7 more");
  expect(pool([3, 6, 9])).toContain("192.168.1.100 to 192.168.1.101 and 7 more");
});

test("what a meter is of is told whole where the host has room for it", () => {
  const topology = buildTopology({
    nodes: [1, 2, 3, 4, 5].map((number) =>
      builtNode(`pve${number}`, {
        cores: 32,
        memoryMiB: 131072,
        overcommit: { cores: 4, memory: 1.5, storage: 1 },
      }),
    ),
    clusters: [{ name: "lab", pools: [{ count: 30 }] }],
  });
  const shown = texts(renderSvg(topology));
  expect(shown.filter((text) => text === "Memory")).toHaveLength(5);
  expect(shown.filter((text) => text === "48 of 128 GiB × 1.5")).toHaveLength(5);
});

test("a network has the addresses that its interfaces get, by whatever means", () => {
  const topology = manyNetworks();
  const without = (network: string): Topology => ({
    ...topology,
    clusters: topology.clusters.map((cluster) => {
      const bare = cluster.vms.map((vm) => ({
        ...vm,
        interfaces: vm.interfaces.map((one) => (one.network === network ? { ...one, ipv4: undefined } : one)),
      }));
      return {
        ...cluster,
        vms: bare,
        pools: cluster.pools.map((pool) => ({ ...pool, vms: bare.filter((vm) => vm.pool === pool.name) })),
      };
    }),
  });
  expect(texts(renderSvg(topology))).toContain("addresses by DHCP");
  expect(texts(renderSvg(without("backup")))).toContain("no addresses");
});

test("a card tells its network whole where its address leaves the room", () => {
  const networks = [MAIN_NETWORK, { ...MAIN_NETWORK, name: "main of development" }];
  const topology = buildTopology({
    networks,
    nodes: 3,
    clusters: [{ name: "lab", pools: [{ count: 3, networks: ["main of development"] }] }],
  });
  expect(texts(renderSvg(topology)).filter((text) => text === "main of development")).toHaveLength(4);
});

test("of a group the pool is told whole before its cluster is", () => {
  const name = `${"long-".repeat(12)}end`;
  const topology = buildTopology({
    nodes: 4,
    clusters: [{ name, pools: [{ name: "the-workers", count: 40 }] }],
  });
  const shown = texts(renderSvg(topology)).filter((text) => text.endsWith(" / the-workers"));
  expect(shown).toHaveLength(4);
  for (const text of shown) expect(text).toMatch(/^long-.*….*end \/ the-workers$/);
});

test("four networks stand two by two", () => {
  const places = (networks: number): string[] => {
    const topology = buildTopology({
      networks: Array.from({ length: networks }, (_, index) => ({ ...MAIN_NETWORK, name: `net-${index}` })),
      clusters: [
        { name: "a", pools: [{ count: 1 }] },
        { name: "b", waitsFor: ["a"], pools: [{ count: 1 }] },
        { name: "c", waitsFor: ["b"], pools: [{ count: 1 }] },
      ],
    });
    return framesIn(renderSvg(topology))
      .slice(-networks)
      .map(({ x }) => x);
  };
  expect(new Set(places(4)).size).toBe(2);
  expect(new Set(places(6)).size).toBe(3);
});
