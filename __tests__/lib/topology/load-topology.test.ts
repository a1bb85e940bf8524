import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { parse } from "yaml";
import { TopologyError, loadTopology, placementFileOf, recordPlacement } from "../../../lib/topology";

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "topology-"));
});
afterAll(() => {
  fs.rmSync(folder, { recursive: true });
});

/** The lines that a user is told about a file with this text, its name shortened to FILE. */
function told(text: string | Buffer): string[] {
  const file = path.join(folder, "topology.yaml");
  fs.writeFileSync(file, text);
  return toldOf(file);
}

function toldOf(file: string): string[] {
  try {
    loadTopology(file);
  } catch (error) {
    if (error instanceof TopologyError) return error.message.replaceAll(file, "FILE").split("\n");
    throw error;
  }
  return [];
}

const head = `proxmox: { nodes: [pve1], templateId: 400, storage: local-zfs }
network: { cidr: 10.1.0.0/24, domain: lab.example }
`;
const sizes = "cores: 2, memoryMiB: 4096, diskGiB: 20";

describe("a file that cannot be read", () => {
  test("is missing", () => {
    expect(toldOf(path.join(folder, "none.yaml"))).toEqual([
      "FILE: there is no such file; create it, or name another one with TOPOLOGY=path",
    ]);
  });

  test("is a folder", () => {
    expect(toldOf(folder)).toEqual(["FILE: is a folder; name the file in it with TOPOLOGY=path"]);
  });

  test("is too large, be it only comments", () => {
    expect(told("#".repeat(1024 * 1024 + 1))).toEqual([
      "FILE: is larger than 1024 KiB; is it a topology at all?",
    ]);
  });

  test("is no text", () => {
    expect(told(Buffer.from([0xff, 0xfe, 0x61, 0x00]))).toEqual([
      "FILE: is not UTF-8 text; save it as UTF-8",
    ]);
  });

  test.each(["", "\n", "# only a comment\n", "---\n", "null\n"])("%j is empty", (text) => {
    expect(told(text).join()).toMatch(
      /^FILE(:1:\d)?: is empty; declare proxmox, network and clusters in it$/,
    );
  });

  test.each([
    ["5", "got 5"],
    ["- a", "got a list"],
    ["hello", 'got "hello"'],
  ])("%s is no mapping", (text, got) => {
    expect(told(text)).toEqual([
      `FILE:1:1: ${got}; must be a mapping (its keys: proxmox, network, networks, access, defaults, profiles, checks, acknowledge, clusters)`,
    ]);
  });
});

describe("YAML that means harm", () => {
  test("nesting that would exhaust the stack", () => {
    expect(told("[".repeat(100_000))).toEqual([
      "FILE: is nested more than 50 levels deep; a topology needs 10",
    ]);
  });

  test("aliases that stand for a billion values", () => {
    const levels = Array.from({ length: 9 }, (_, level) =>
      `a${level}: &a${level} [${"*x,".repeat(9)}*x]`.replaceAll("*x", level === 0 ? "x" : `*a${level - 1}`),
    );
    expect(told(levels.join("\n")).join()).toContain("its aliases stand for too much");
  });

  test("merge keys that stand for a billion values", () => {
    const levels = Array.from({ length: 30 }, (_, level) =>
      level === 0 ? "a0: &a0 { k: 1 }" : `a${level}: &a${level} { <<: [*a${level - 1}, *a${level - 1}] }`,
    );
    expect(told(levels.join("\n")).join()).toContain("its aliases stand for too much");
  });

  test("a mapping that holds itself", () => {
    expect(told(`${head}clusters: &all { web: *all, x: { y: [1, *all] }, z: { <<: *all } }\n`)).toEqual(
      [23, 41, 59].map(
        (column) =>
          `FILE:3:${column}: is not good YAML: the alias *all is inside of what it stands for, which has no end; take it out, or set &all elsewhere`,
      ),
    );
  });

  test("keys that JavaScript objects have of themselves", () => {
    const lines = told(`${head}__proto__: { clusters: {} }\nclusters: { constructor: {}, __proto__: {} }\n`);
    expect(lines).toContainEqual(expect.stringContaining("FILE:3:1 __proto__: no such key"));
    expect(lines).toContainEqual(expect.stringContaining("clusters.constructor.members: is missing"));
    expect(lines).toContainEqual(
      expect.stringContaining("clusters.__proto__: got a name that is no DNS label"),
    );
  });

  test("more clusters than the checks are fast for", () => {
    const clusters = Array.from({ length: 1001 }, (_, index) => `  c${index}: {}\n`).join("");
    expect(told(`${head}clusters:\n${clusters}`)).toEqual([
      "FILE:3:1 clusters: got 1001 entries; at most 1000 fit here: split it",
    ]);
  });

  test("hundreds of clusters that all want the same", () => {
    const clusters = Array.from({ length: 300 }, (_, index) => `  c${index}: *c\n`).join("");
    const common = `x-c: &c { role: apps, members: 3, firstVmId: 401, firstAddress: 10.1.0.10, ${sizes} }\n`;
    const lines = told(`${common}${head}clusters:\n${clusters}`);
    expect(lines).toHaveLength(201);
    expect(lines.at(-1)).toMatch(/^… and \d+ more faults like these$/);
  });

  test("aliases of pools that stand for a hundred million VMs", () => {
    const pools = Array.from(
      { length: 20 },
      (_, index) => `p${index}: { role: server, count: 5000, firstVmId: 401 }`,
    );
    const clusters = Array.from({ length: 1000 }, (_, index) => `  c${index}: { role: apps, pools: *p }\n`);
    expect(told(`x-p: &p { ${pools.join(", ")} }\n${head}clusters:\n${clusters.join("")}`)).toEqual([
      "FILE:4:1 clusters: got 100000000 VMs in all, those left out included; at most 100000 fit in one topology: split it",
    ]);
  });

  test("a key and a text that would disturb a terminal stay on one line", () => {
    const lines = told(`${head}clusters: { web: { role: "a\\nb\\e[31m\\u009b", "x\\ny": 1, members: 1 } }\n`);
    expect(lines).toContainEqual(expect.stringContaining('role: got "a\\nb\\u001b[31m\\u009b"'));
    expect(lines).toContainEqual(expect.stringContaining('clusters.web."x\\ny": no such key'));
  });
});

describe("all faults come at once", () => {
  const text = `proxmox: { nodes: [pve1], templateId: 402, storage: local-zfs }
network:
  cidr: 10.1.0.5/24
  vlanId: 5000
  domain: lab.example
clusters:
  rancher:
    { role: manager, waitsFor: [web], members: 3, firstVmId: 401, firstAddress: 10.1.0.10, ${sizes} }
  web:
    role: apps
    waitsFor: [rancher, db]
    members: 2
    firstVmId: 403
    firstAddress: 10.1.0.12
    cores: 2
    cores: 0
    memoryMiB: none
`;

  test("of one key, of several together and of YAML, in the order of the file", () => {
    expect(told(text).map((line) => line.replace(/;.*/, ""))).toEqual([
      'FILE:3:3 network.cidr: got "10.1.0.5/24"',
      "FILE:4:3 network.vlanId: got 5000",
      "FILE:8:33 clusters.rancher.waitsFor[0]: the clusters wait in a circle: rancher -> web -> rancher",
      "FILE:8:51 clusters.rancher.firstVmId: got 401, so rancher-2 would have VM id 402, already the template's (proxmox.templateId)",
      "FILE:9:3 clusters.web.diskGiB: is missing",
      'FILE:11:25 clusters.web.waitsFor[1]: got "db", which is no cluster',
      "FILE:13:5 clusters.web.firstVmId: got 403, so web-1 would have VM id 403, already VM id of rancher-3 (clusters.rancher)",
      "FILE:14:5 clusters.web.firstAddress: got 10.1.0.12, so web-1 would have address 10.1.0.12, already address of rancher-3 (clusters.rancher)",
      "FILE:16:5 clusters.web.cores: this key is given a second time",
      "FILE:16:5 clusters.web.cores: got 0",
      'FILE:17:5 clusters.web.memoryMiB: got "none"',
    ]);
  });

  test("each as data too, for those who do not want text", () => {
    const file = path.join(folder, "topology.yaml");
    fs.writeFileSync(file, text);
    const error = (() => {
      try {
        return loadTopology(file);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toMatchObject({ name: "TopologyError", file });
    expect((error as TopologyError).faults[1]).toEqual({
      path: ["network", "vlanId"],
      problem: "got 5000",
      fix: "must be a VLAN from 1 to 4094; for no VLAN leave vlanId out",
      position: { line: 4, column: 3 },
    });
  });

  test("but nothing follows from a value that is bad already", () => {
    // A bad gateway must not bring the default gateway's conflicts with it, nor a bad override the shared value's.
    const lines = told(`proxmox: { nodes: [pve1], templateId: 400, storage: local-zfs }
network: { cidr: 10.1.0.0/24, gateway: none, domain: lab.example }
clusters:
  web: { role: apps, members: 1, firstVmId: 401, firstAddress: 10.1.0.1, ${sizes}, proxmox: { templateId: x } }
  db: { role: apps, members: many, firstVmId: 401, firstAddress: 10.1.0.1, ${sizes} }
`);
    expect(lines.map((line) => line.replace(/;.*/, ""))).toEqual([
      'FILE:2:31 network.gateway: got "none"',
      expect.stringMatching(/^FILE:4:\d+ clusters\.web\.proxmox\.templateId: got "x"$/),
      expect.stringMatching(/^FILE:5:\d+ clusters\.db\.members: got "many"$/),
    ]);
  });
});

describe("anchors and merge keys", () => {
  test("a cluster's own key wins over a merged one, the first of several sources over the next", () => {
    const file = path.join(folder, "merge.yaml");
    fs.writeFileSync(
      file,
      `x-a: &a { cores: 2, memoryMiB: 2048 }
x-b: &b { memoryMiB: 4096, diskGiB: 30 }
${head}clusters:
  web: { <<: [*a, *b], cores: 8, role: apps, members: 1, firstVmId: 401, firstAddress: 10.1.0.10 }
`,
    );
    expect(loadTopology(file).clusters[0]?.vms[0]).toMatchObject({ cores: 8, memoryMiB: 2048, diskGiB: 30 });
  });

  test("a fault in a merged value is told where it is written, for each cluster that has it", () => {
    const lines = told(`x-a: &a
  cores: 0
${head}clusters:
  web: { <<: *a, role: apps, members: 1, firstVmId: 401, firstAddress: 10.1.0.10, memoryMiB: 512, diskGiB: 1 }
  db: { <<: *a, role: apps, members: 1, firstVmId: 402, firstAddress: 10.1.0.11, memoryMiB: 512, diskGiB: 1 }
`);
    expect(lines.map((line) => line.replace(/;.*/, ""))).toEqual([
      "FILE:2:3 clusters.web.cores: got 0",
      "FILE:2:3 clusters.db.cores: got 0",
    ]);
  });
});

describe("the placement record", () => {
  const write = (nodes: string, members: number, record?: string): string => {
    const file = path.join(fs.mkdtempSync(path.join(folder, "recorded-")), "prod.yaml");
    fs.writeFileSync(
      file,
      `proxmox: { nodes: ${nodes}, templateId: 400, storage: ceph, storages: { ceph: { shared: true } } }
network: { cidr: 10.1.0.0/24, domain: lab.example }
clusters:
  web: { role: apps, members: ${members}, firstVmId: 401, firstAddress: 10.1.0.10, ${sizes} }
`,
    );
    if (record !== undefined) fs.writeFileSync(file.replace(".yaml", ".lock.json"), record);
    return file;
  };
  const recorded = (placement: Record<string, string>): string => JSON.stringify({ version: 1, placement });
  const nodesOf = (file: string): unknown[] =>
    loadTopology(file).clusters.flatMap(({ vms }) => vms.map(({ node }) => node));

  test("beside the file keeps VMs where they are, and tells which it does not know", () => {
    const file = write(
      "[pve1, pve2, pve3]",
      3,
      recorded({ "web-1": "pve3", "web-2": "pve3", "gone-1": "pve1" }),
    );
    expect(nodesOf(file)).toEqual(["pve3", "pve3", "pve1"]);
    expect(loadTopology(file).unrecorded).toEqual(["web-3"]);
  });

  test("is not there at first", () => {
    const file = write("[pve1, pve2]", 2);
    expect(nodesOf(file)).toEqual(["pve1", "pve2"]);
    expect(loadTopology(file).unrecorded).toEqual(["web-1", "web-2"]);
    expect(fs.readdirSync(path.dirname(file))).toEqual(["prod.yaml"]);
  });

  test("is not shared by files that differ in their ending alone", () => {
    const yaml = write("[pve1, pve2]", 2, recorded({ "web-1": "pve2", "web-2": "pve2" }));
    const json = yaml.replace(".yaml", ".json");
    fs.writeFileSync(json, JSON.stringify(parse(fs.readFileSync(yaml, "utf8"))));
    const topology = loadTopology(json);
    expect(topology.unrecorded).toEqual(["web-1", "web-2"]);
    expect(recordPlacement(placementFileOf(json), topology)).toBeUndefined();
    expect(nodesOf(json)).toEqual(["pve1", "pve2"]);
    expect(nodesOf(yaml)).toEqual(["pve2", "pve2"]);
  });

  test("that still has the name of earlier versions is a fault, unless another is named", () => {
    const yaml = write("[pve1, pve2]", 2, recorded({ "web-1": "pve2" }));
    const [json, placementFile] = [yaml.replace(".yaml", ".json"), yaml.replace(".yaml", ".lock.json")];
    fs.writeFileSync(json, JSON.stringify(parse(fs.readFileSync(yaml, "utf8"))));
    fs.rmSync(yaml);
    expect(toldOf(json).join()).toContain(`(git mv ${placementFile} FILE.lock.json)`);
    expect(loadTopology(json, { placementFile }).clusters[0]?.vms[0]?.node).toBe("pve2");
  });

  test("of which a topology has the name is no record, and is left alone", () => {
    const file = write("[pve1]", 1);
    const other = file.replace(".yaml", ".lock.json");
    fs.copyFileSync(file, other);
    expect(toldOf(file).join()).toContain(`${other}:1:1: the placement record is not JSON`);
    expect(fs.readFileSync(other, "utf8")).toBe(fs.readFileSync(file, "utf8"));
  });

  test("does not bring back a node that is gone", () => {
    expect(nodesOf(write("[pve1]", 2, recorded({ "web-1": "pve2" })))).toEqual(["pve1", "pve1"]);
  });

  test("that is damaged is told beside the faults of the topology", () => {
    const file = write("[pve1]", 0, "{}");
    const record = file.replace(".yaml", ".lock.json");
    expect(toldOf(file).map((line) => line.replace(record, "RECORD").replace(/;.*/, ""))).toEqual([
      "FILE:4:22 clusters.web.members: got 0",
      "RECORD:1:1: the placement record has no mapping under placement",
    ]);
  });
});
