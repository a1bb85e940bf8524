import * as fs from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { TopologyError, formatFault, resolveTopology } from "../../../lib/topology";
import type { TopologyInput } from "../../../lib/topology";
import { mappingOf } from "../../../lib/topology/read/misplaced";
import { topologySchema } from "../../../lib/topology/schema/topology";

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

/** The path of every key of an input that its schema names, and no user. */
function keysOf(value: unknown, schema: z.core.$ZodType = topologySchema, at: Path = []): Path[] {
  const mapping = mappingOf(schema);
  if (!mapping || typeof value !== "object" || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const own = [...at, key];
    if (mapping instanceof z.ZodRecord) return keysOf(inner, mapping.valueType, own);
    const below = mapping.shape[key] as z.core.$ZodType | undefined;
    return below ? [own, ...keysOf(inner, below, own)] : [];
  });
}

function renamed(value: unknown, [key = "", ...rest]: Path, name: string): unknown {
  const entries = Object.entries(value as object).map(([own, inner]): [string, unknown] => {
    if (own !== key) return [own, inner];
    return rest.length === 0 ? [name, inner] : [own, renamed(inner, rest, name)];
  });
  return Object.fromEntries(entries);
}

/** Slips of the pen: a letter left out, and one too many. */
const slips: readonly ((key: string) => string)[] = [
  (key) => key.slice(0, -1),
  (key) => `${key}${key.at(-1) ?? ""}`,
];

describe("a misspelt key has one fault, and no other follows", () => {
  test.each(fs.readdirSync(fixtures).filter((name) => !text(name).includes("extends:")))("%s", (name) => {
    const input: unknown = parse(text(name), { merge: true });
    const wrong = keysOf(input).flatMap((key) =>
      slips
        .map((slip) => slip(String(key.at(-1))))
        .flatMap((slip) => {
          const told = toldOf(renamed(input, key, slip));
          const place = formatFault({ path: [...key.slice(0, -1), slip], problem: "no such key", fix: "" });
          const isAdvised = told.some((line) => line.startsWith(`${place}did you mean `));
          return isAdvised && told.length !== 1 ? [{ key: key.join("."), slip, told }] : [];
        }),
    );
    expect(wrong).toEqual([]);
  });
});

/** The path of every key that a mapping in an input may have, and has not. */
function lackingKeysOf(value: unknown, schema: z.core.$ZodType = topologySchema, at: Path = []): Path[] {
  const mapping = mappingOf(schema);
  if (!mapping || typeof value !== "object" || value === null || Array.isArray(value)) return [];
  const isRecord = mapping instanceof z.ZodRecord;
  const lacking = isRecord ? [] : Object.keys(mapping.shape).filter((key) => !Object.hasOwn(value, key));
  const below = Object.entries(value).flatMap(([key, inner]) => {
    const own = isRecord ? mapping.valueType : (mapping.shape[key] as z.core.$ZodType | undefined);
    return own ? lackingKeysOf(inner, own, [...at, key]) : [];
  });
  return [...lacking.map((key) => [...at, key]), ...below];
}

const inShortForm = {
  proxmox: { nodes: { pve1: null }, templateId: 9001, storage: "local-zfs" },
  network: { cidr: "10.1.0.0/24", domain: "lab.example" },
  defaults: { cores: 4, memoryMiB: 8192, diskGiB: 20 },
  clusters: {
    web: { role: "apps", members: 3, firstVmId: 401, firstAddress: "10.1.0.10", overrides: { 2: {} } },
  },
};
const ofPools = {
  ...inShortForm,
  clusters: {
    web: {
      role: "apps",
      pools: {
        servers: { role: "server", count: 3, vmIds: "401-409", addresses: "10.1.0.10-10.1.0.19" },
        workers: { role: "agent", count: 3, firstVmId: 411, firstAddress: "10.1.0.20" },
      },
    },
  },
};

test.each([
  ["a cluster in its short form", inShortForm],
  ["one of pools", ofPools],
])("a misspelt key that may be left out conflicts with none beside it: %s", (_, input) => {
  expect(toldOf(input)).toEqual([]);
  const keys = lackingKeysOf(input);
  expect(keys.length).toBeGreaterThan(50);
  const wrong = keys.flatMap((key) => {
    const told = toldOf(withBad(input, [...key.slice(0, -1), `${key.at(-1) ?? ""}x`]));
    return told.length === 1 && told[0]?.includes("no such key; ") ? [] : [told];
  });
  expect(wrong).toEqual([]);
});

test("keys that do not go together are told though the value of one is bad", () => {
  const { web } = inShortForm.clusters;
  const told = toldOf({ ...inShortForm, clusters: { web: { ...web, vmIds: BAD } } });
  expect(told.map((line) => line.replace(/;.*/, ""))).toEqual([
    "clusters.web.vmIds[0]: got an empty list",
    "clusters.web.vmIds: is given beside firstVmId",
  ]);
});

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

  test("but no template is advised for a host whose name is refused", () => {
    const other = { proxmox: { ...proxmox, nodes: { 1: null, pve1: null }, templateId: 9001 } };
    expect(places(other)).toEqual(["proxmox.nodes.1"]);
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
