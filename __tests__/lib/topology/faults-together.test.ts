import * as fs from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { TopologyError, formatFault, resolveTopology } from "../../../lib/topology";
import type { TopologyInput } from "../../../lib/topology";

/** A list that holds one is no good value of any key. */
const BAD = [[]];

type Path = (string | number)[];

/** The path of every value of an input that is no mapping. */
function leavesOf(value: unknown, at: Path = []): Path[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [at];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...at, key]));
}

function withBad(value: unknown, [key, ...rest]: Path): unknown {
  if (key === undefined) return BAD;
  const mapping = value as Record<string, unknown>;
  return { ...mapping, [key]: withBad(mapping[key], rest) };
}

function toldOf(input: unknown): string[] {
  try {
    resolveTopology(input as TopologyInput);
  } catch (error) {
    if (error instanceof TopologyError) return error.faults.map((fault) => formatFault(fault));
    throw error;
  }
  return [];
}

/** Keys that begin with x- are left alone. */
function isRead([first]: Path): boolean {
  return !String(first).startsWith("x-");
}

const fixtures = path.join(__dirname, "..", "..", "fixtures", "topology", "valid");

const text = (name: string): string => fs.readFileSync(path.join(fixtures, name), "utf8");

test.each(fs.readdirSync(fixtures).filter((name) => !text(name).includes("extends:")))(
  "%s: a bad value has one fault, whichever it is, and no other follows",
  (name) => {
    const input: unknown = parse(text(name), { merge: true });
    const wrong = leavesOf(input)
      .filter(isRead)
      .flatMap((leaf) => {
        const told = toldOf(withBad(input, leaf));
        const place = formatFault({ path: leaf, problem: "", fix: "" }).replace(": ; ", "");
        return told.length === 1 && told[0]?.startsWith(place) ? [] : [{ place, told }];
      });
    expect(wrong).toEqual([]);
  },
);

describe("faults of several subjects are told together", () => {
  const input = {
    proxmox: {
      nodes: { pve1: { memoryMiB: 16_384 }, pve2: null, pve3: null },
      templateId: { pve1: 9001, pve2: 9002, pve3: 9003 },
      storage: "local-zfs",
    },
    network: { cidr: "10.1.0.0/24", domain: "lab.example" },
    clusters: {
      web: {
        role: "apps",
        members: 3,
        firstVmId: 401,
        firstAddress: "10.1.0.10",
        cores: 4,
        memoryMiB: 8192,
        diskGiB: 20,
      },
    },
  };
  const { proxmox, network, clusters } = input;
  const { web } = clusters;
  const noTemplate = { ...proxmox, templateId: { pve1: 9001, pve2: 9002 } };
  const places = (other: object): string[] =>
    toldOf({ ...input, ...other }).map((line) => line.split(":")[0] ?? "");

  test("the topology itself is good", () => {
    expect(toldOf(input)).toEqual([]);
  });

  test("a VLAN, the template that a host lacks, an address that is taken and a cluster that is waited for", () => {
    const other = {
      proxmox: noTemplate,
      network: { ...network, vlanId: "20", dnsServers: ["10.1.0.11"] },
      clusters: { web: { ...web, waitsFor: ["rancher"] } },
    };
    expect(places(other).sort()).toEqual([
      "clusters.web.firstAddress",
      "clusters.web.waitsFor[0]",
      "network.vlanId",
      "proxmox.templateId.pve3",
    ]);
  });

  test("a domain, and members that have no room", () => {
    const other = {
      proxmox: { ...proxmox, nodes: { pve1: { memoryMiB: 16_384 } }, templateId: { pve1: 9001 } },
      network: { ...network, domain: "lab example" },
    };
    expect(places(other)).toEqual(["network.domain", "clusters.web"]);
  });

  test("a size, and the template that a host lacks", () => {
    const other = { proxmox: noTemplate, clusters: { web: { ...web, cores: "4" } } };
    expect(places(other)).toEqual(["clusters.web.cores", "proxmox.templateId.pve3"]);
  });

  test("but no template is missed on a host that is misspelt, or by a pool whose hosts are bad or elsewhere", () => {
    const two = { ...proxmox, nodes: { pve1: null, pve2: null, pve3: null }, templateId: { pve1: 9001 } };
    const on = (own: object): string[] => places({ proxmox: two, clusters: { web: { ...web, ...own } } });
    expect(on({ proxmox: { nodes: ["pve1", "pve4"] } })).toEqual(["clusters.web.proxmox.nodes[1]"]);
    expect(on({ proxmox: { nodes: "pve1" } })).toEqual(["clusters.web.proxmox.nodes"]);
    expect(on({ proxmox: 5 })).toEqual(["clusters.web.proxmox"]);
    expect(on({ nodes: ["pve1"] })).toEqual(["clusters.web.nodes"]);
  });
});
