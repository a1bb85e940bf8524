import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { TopologyError, loadTopology } from "../../../../lib/topology";
import { loadLayers } from "../../../../lib/topology/source/load-layers";

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "layers-"));
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true });
});

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
}

/** What a file of the folder says, with what it extends. */
function valueOf(name: string): unknown {
  const file = path.join(folder, name);
  const { layer, faults } = loadLayers(fs.readFileSync(file, "utf8"), file);
  expect(faults).toEqual([]);
  return layer?.value;
}

/** The lines that a user is told about a file of the folder. */
function told(name: string): string[] {
  try {
    loadTopology(path.join(folder, name));
  } catch (error) {
    if (error instanceof TopologyError) return error.message.replaceAll(`${folder}/`, "").split("\n");
    throw error;
  }
  return [];
}

const base = `proxmox: { nodes: [pve1], templateId: 400, storage: local-zfs, bridge: vmbr1 }
network:
  cidr: 10.1.0.0/24
  vlanId: 14
  domain: lab.example
clusters:
  web: { role: apps, members: 2, firstVmId: 401, firstAddress: 10.1.0.10, cores: 2, memoryMiB: 4096, diskGiB: 20 }
  db: { role: apps, members: 1, firstVmId: 501, firstAddress: 10.1.0.20, cores: 2, memoryMiB: 4096, diskGiB: 20 }
`;

describe("a file that extends another", () => {
  test("is joined with it: mappings key by key, lists and single values as a whole", () => {
    write({
      "base.yaml": base,
      "envs/prod.yaml": `extends: ../base.yaml
proxmox: { nodes: [pve9] }
network: { dnsServers: [9.9.9.9] }
clusters:
  web: { members: 5 }
`,
    });
    expect(valueOf("envs/prod.yaml")).toMatchObject({
      proxmox: { nodes: ["pve9"], templateId: 400, storage: "local-zfs", bridge: "vmbr1" },
      network: { cidr: "10.1.0.0/24", vlanId: 14, dnsServers: ["9.9.9.9"], domain: "lab.example" },
      clusters: { web: { members: 5, cores: 2 }, db: { members: 1 } },
    });
    const topology = loadTopology(path.join(folder, "envs/prod.yaml"));
    expect(topology.clusters.map(({ vms }) => vms.length)).toEqual([5, 1]);
  });

  test("takes out with null what may be left out", () => {
    write({
      "base.yaml": base,
      "prod.yaml": "extends: base.yaml\nproxmox: { bridge: null }\nclusters: { db: null }\n",
    });
    const value = valueOf("prod.yaml") as { proxmox: object; clusters: object };
    expect(Object.keys(value.proxmox)).toEqual(["nodes", "templateId", "storage"]);
    expect(Object.keys(value.clusters)).toEqual(["web"]);
  });

  test("keeps null where it is a value", () => {
    write({
      "base.yaml": base,
      "prod.yaml": "extends: base.yaml\nnetwork: { vlanId: null, gateway: null }\n",
    });
    expect(valueOf("prod.yaml")).toMatchObject({ network: { vlanId: null, gateway: null } });
  });

  test("stands over several, a later one over an earlier, through any number of steps", () => {
    write({
      "a.yaml": "access: { user: a }\nproxmox: { storage: a, bridge: a }\n",
      "b.yaml": "extends: c.json\naccess: { user: b }\n",
      "c.json": '{"access": {"user": "c"}, "proxmox": {"storage": "c"}}',
      "top.yaml": "extends: [a.yaml, b.yaml]\nnetwork: { domain: top }\n",
    });
    expect(valueOf("top.yaml")).toEqual({
      access: { user: "b" },
      proxmox: { storage: "c", bridge: "a" },
      network: { domain: "top" },
    });
  });

  test("may meet the same file on two ways", () => {
    write({
      "base.yaml": "access: { user: base }\n",
      "a.yaml": "extends: base.yaml\nproxmox: { bridge: a }\n",
      "b.yaml": "extends: ./base.yaml\nproxmox: { storage: b }\n",
      "top.yaml": "extends: [a.yaml, b.yaml]\n",
    });
    expect(valueOf("top.yaml")).toEqual({ access: { user: "base" }, proxmox: { bridge: "a", storage: "b" } });
  });

  test("has its own anchors, and x- keys of both", () => {
    write({
      "base.yaml": "x-s: &s { cores: 1 }\ndefaults: *s\n",
      "top.yaml": "extends: base.yaml\nx-t: &s { cores: 9 }\nprofiles: { a: *s }\n",
    });
    expect(valueOf("top.yaml")).toEqual({
      "x-s": { cores: 1 },
      "x-t": { cores: 9 },
      defaults: { cores: 1 },
      profiles: { a: { cores: 9 } },
    });
  });

  test("may extend nothing", () => {
    write({ "top.yaml": `extends: []\n${base}` });
    expect(told("top.yaml")).toEqual([]);
  });
});

describe("a fault is told where the value is written", () => {
  test("in either file, those of the file itself first", () => {
    write({
      "base.yaml": base
        .replace("cores: 2, memoryMiB: 4096", "cores: 0, memoryMiB: 4096")
        .replace("400", "40"),
      "prod.yaml":
        "extends: base.yaml\nnetwork:\n  vlanId: 5000\nclusters:\n  web: { diskGiB: 0, disk: 1 }\n",
    });
    expect(told("prod.yaml").map((line) => line.replace(/;.*/, ""))).toEqual([
      "prod.yaml:3:3 network.vlanId: got 5000",
      "prod.yaml:5:10 clusters.web.diskGiB: got 0",
      "prod.yaml:5:22 clusters.web.disk: no such key",
      "base.yaml:1:27 proxmox.templateId: got 40",
      "base.yaml:7:75 clusters.web.cores: got 0",
    ]);
  });

  test("as data too", () => {
    write({ "base.yaml": base.replace("vlanId: 14", "vlanId: 0"), "prod.yaml": "extends: base.yaml\n" });
    const error = ((): unknown => {
      try {
        return loadTopology(path.join(folder, "prod.yaml"));
      } catch (thrown) {
        return thrown;
      }
    })();
    const position = { line: 4, column: 3, file: path.join(folder, "base.yaml") };
    expect((error as TopologyError).faults).toMatchObject([{ path: ["network", "vlanId"], position }]);
  });

  test("what is missing is missing in the file that declares the mapping last", () => {
    write({
      "base.yaml": base.replace("role: apps, members: 2, ", "members: 2, "),
      "prod.yaml": "extends: base.yaml\nclusters:\n  web: { cores: 4 }\n",
    });
    expect(told("prod.yaml")).toEqual([
      'prod.yaml:3:3 clusters.web.role: is missing; must be "manager" or "apps"',
    ]);
  });

  test("a value that is taken out and given anew is where it is given", () => {
    write({
      "base.yaml": base,
      "mid.yaml": "extends: base.yaml\nclusters: { web: null }\n",
      "top.yaml": "extends: mid.yaml\nclusters:\n  web: { role: apps, members: 1 }\n",
    });
    expect(told("top.yaml").every((line) => line.startsWith("top.yaml:3:3 clusters.web."))).toBe(true);
  });

  test("mappings that hold themselves are told, and not joined", () => {
    const extending = "extends: base.yaml\nclusters: &b { web: *b }";
    write({ "base.yaml": "clusters: &a { web: *a }", "top.yaml": extending });
    expect(told("top.yaml")).toEqual([
      expect.stringMatching(/^top\.yaml:2:21: is not good YAML: the alias \*b is inside/),
    ]);
  });

  test("a slip of syntax is in its own file", () => {
    write({ "base.yaml": "proxmox:\n\tnodes: []\n", "prod.yaml": "extends: base.yaml\n" });
    expect(told("prod.yaml")).toEqual([
      "base.yaml:2:1: is not good YAML: a tab as indentation; indent with spaces",
    ]);
  });
});

describe("extends that cannot be followed", () => {
  test.each([
    ["none.yaml", 'got "none.yaml" (none.yaml: there is no such file); create it, or name another one'],
    ["sub", 'got "sub" (sub: is a folder); name the file in it'],
    ["5", "got 5; must be the path of a file, or a list of such paths, relative to the folder of this file"],
    [
      "[list.yaml]",
      '[0]: got "list.yaml", which holds a list; must be a file that holds a mapping, as a topology does',
    ],
    [
      "empty.yaml",
      'got "empty.yaml", which holds nothing; must be a file that holds a mapping, as a topology does',
    ],
    [
      "top.yaml",
      'got "top.yaml", so the files extend each other in a circle: top.yaml -> top.yaml; take one of these extends out',
    ],
  ])("%s", (text, line) => {
    write({
      "top.yaml": `extends: ${text}\n`,
      "list.yaml": "- a\n",
      "empty.yaml": "# nothing\n",
      "sub/x.yaml": "",
    });
    const [only = "", ...more] = told("top.yaml");
    expect(more).toEqual([]);
    expect(only.replace(/^top\.yaml:1:\d+ extends(: )?/, "")).toBe(line);
  });

  test("a circle through other files, by a link too", () => {
    write({ "top.yaml": "extends: a.yaml\n", "a.yaml": "extends: link.yaml\n" });
    fs.symlinkSync(path.join(folder, "top.yaml"), path.join(folder, "link.yaml"));
    expect(told("top.yaml").join()).toMatch(
      /^a\.yaml:1:1 extends: got "link\.yaml", so .* in a circle: top\.yaml -> a\.yaml -> link\.yaml; /,
    );
  });

  test("more files than anyone reads", () => {
    write(
      Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`f${n}.yaml`, `extends: f${n + 1}.yaml\n`])),
    );
    expect(told("f0.yaml")).toEqual([
      'f15.yaml:1:1 extends: got "f16.yaml", one more than 16 files in all; join some of them',
    ]);
  });

  test("null that takes out what is not there", () => {
    write({ "base.yaml": base, "prod.yaml": "extends: base.yaml\nclusters: { wep: null }\n" });
    expect(told("prod.yaml")).toEqual([
      "prod.yaml:2:13 clusters.wep: got nothing, which takes out what an extended file says, and none says this; did you mean web?",
    ]);
  });
});

describe("JSON", () => {
  const json = {
    proxmox: { nodes: ["pve1"], templateId: 400, storage: "local-zfs" },
    network: { cidr: "10.1.0.0/24", domain: "lab.example" },
    clusters: {
      web: {
        role: "apps",
        members: 2,
        firstVmId: 401,
        firstAddress: "10.1.0.10",
        cores: 2,
        memoryMiB: 4096,
        diskGiB: 20,
      },
    },
  };

  test.each([undefined, 2, "\t"])("is read as YAML is, indented with %j", (indent) => {
    write({ "t.json": JSON.stringify(json, undefined, indent), "t.yaml": JSON.stringify(json) });
    expect(valueOf("t.json")).toEqual(valueOf("t.yaml"));
    expect(told("t.json")).toEqual([]);
  });

  test("has faults with lines and columns too, a key that is given twice among them", () => {
    write({
      "t.json": JSON.stringify(json, undefined, 2).replace('"cores": 2', '"cores": 0,\n      "role": "apps"'),
    });
    expect(told("t.json").map((line) => line.replace(/;.*/, ""))).toEqual([
      "t.json:19:7 clusters.web.cores: got 0",
      "t.json:20:7 clusters.web.role: this key is given a second time",
    ]);
  });

  test.each([
    ['{\n  "proxmox": {},\n}', "t.json:2:16: is not good JSON: a comma after the last entry; take it out"],
    [
      "{\n  // here\n}",
      "t.json:2:3: is not good JSON: a comment; JSON has none: take it out, or write YAML and name the file .yaml",
    ],
    ["", "t.json:1:1: is not good JSON: it ends where a value was expected; close what is open"],
  ])("that is none is told as such: %j", (text, line) => {
    write({ "t.json": text });
    expect(told("t.json")).toEqual([line]);
  });

  test("has no anchors and no merge keys: << is a key like any other", () => {
    write({ "t.json": JSON.stringify({ ...json, access: { "<<": { user: "admin" } } }) });
    expect(told("t.json").join()).toContain('access."<<": no such key');
  });
});
