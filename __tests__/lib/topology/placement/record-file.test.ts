import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { resolveTopology, TopologyError } from "../../../../lib/topology";
import type { Topology } from "../../../../lib/topology";
import { readPlacement, recordPlacement } from "../../../../lib/topology/placement/record-file";

let folder: string;
let file: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "record-"));
  file = path.join(folder, "topology.lock.json");
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true });
});

function web(members: number, name = "web"): Topology {
  return resolveTopology({
    proxmox: {
      nodes: ["pve1", "pve2", "pve3"],
      templateId: 400,
      storage: "ceph",
      storages: { ceph: { shared: true } },
    },
    network: { cidr: "10.1.0.0/24", domain: "lab.example" },
    clusters: {
      [name]: {
        role: "apps",
        members,
        firstVmId: 401,
        firstAddress: "10.1.0.10",
        cores: 2,
        memoryMiB: 4096,
        diskGiB: 20,
      },
    },
  });
}

/** What a user is told of a damaged record. */
function told(text: string | Buffer): string {
  fs.writeFileSync(file, text);
  try {
    readPlacement(file);
  } catch (error) {
    if (error instanceof TopologyError) return error.message.replaceAll(file, "FILE");
    throw error;
  }
  return "nothing";
}

describe("what is recorded", () => {
  test("is read again", () => {
    expect(recordPlacement(file, web(3))).toBeUndefined();
    expect(readPlacement(file)).toEqual({ "web-1": "pve1", "web-2": "pve2", "web-3": "pve3" });
    expect(fs.readdirSync(folder)).toEqual(["topology.lock.json"]);
  });

  test("is one VM a line, in the order that people count", () => {
    recordPlacement(file, web(11));
    const lines = fs.readFileSync(file, "utf8").split("\n");
    expect(lines.filter((line) => line.includes("web-")).map((line) => line.trim().slice(0, 7))).toEqual(
      Array.from({ length: 11 }, (_, index) => `"web-${index + 1}"`.slice(0, 7)),
    );
    expect(lines.at(-1)).toBe("");
  });

  test("loses the VMs that are gone, with a word on how they are brought back", () => {
    recordPlacement(file, web(3));
    expect(recordPlacement(file, web(2))).toBe(
      `${file}: web-3 is no longer in the topology, so the record has dropped it; to put it back where it is, take the record from git as well`,
    );
    recordPlacement(file, web(3));
    expect(recordPlacement(file, web(1))).toContain(": web-2, web-3 are no longer in the topology");
    expect(recordPlacement(file, web(1))).toBeUndefined();
    expect(readPlacement(file)).toEqual({ "web-1": "pve1" });
  });

  test("is of one topology: another one, with none of its VMs, does not take its place", () => {
    recordPlacement(file, web(3));
    const before = fs.readFileSync(file, "utf8");
    const problem = `${file}:1:1: the placement record has web-1 and others, and no VM of this topology, which would take the place of all it has`;
    expect(() => recordPlacement(file, web(3, "shop"))).toThrow(
      `${problem}; is it another topology's, name one for each with PLACEMENT_RECORD=path; were all clusters renamed, rename their VMs in it as well, so that they stay where they are, or delete it to have all placed anew`,
    );
    expect(fs.readFileSync(file, "utf8")).toBe(before);
    fs.writeFileSync(file, before.replaceAll('"web-', '"shop-'));
    expect(recordPlacement(file, web(4, "shop"))).toBeUndefined();
    fs.writeFileSync(file, '{ "version": 1, "placement": {} }');
    expect(recordPlacement(file, web(1))).toBeUndefined();
  });

  test("does not take the place of a damaged record", () => {
    fs.writeFileSync(file, "{");
    expect(() => recordPlacement(file, web(1))).toThrow("the placement record is not JSON");
    expect(fs.readFileSync(file, "utf8")).toBe("{");
  });

  test("is not written where nothing has changed", () => {
    recordPlacement(file, web(3));
    const { mtimeMs, ino } = fs.statSync(file);
    recordPlacement(file, web(3));
    expect(fs.statSync(file)).toMatchObject({ mtimeMs, ino });
  });

  test("is a warning where it cannot be written", () => {
    const nowhere = path.join(folder, "none", "topology.lock.json");
    expect(recordPlacement(nowhere, web(3))).toBe(
      `${nowhere}: cannot be written (ENOENT), so where new VMs are placed is not recorded; write and commit it before nodes or members change`,
    );
  });
});

describe("a record", () => {
  test("that is not there is empty", () => {
    expect(readPlacement(file)).toEqual({});
  });

  test.each([
    ["", "is not JSON (Unexpected end of JSON input)"],
    ['{ "version": 1 }', "has no mapping under placement"],
    ['{ "version": 2, "placement": {} }', "has version 2, and this app reads 1"],
    ['{ "version": 1, "placement": { "web_1": "pve1" } }', 'names a VM "web_1"'],
    ['{ "version": 1, "placement": { "web-1": 1 } }', "has web-1 on 1"],
    ['{ "version": 1, "placement": { "web-1": "pve1; rm" } }', 'has web-1 on "pve1; rm"'],
    [`{\n<<<<<<< HEAD\n  "version": 1\n=======\n`, "holds a merge conflict"],
    [Buffer.from([0xff, 0xfe]), "is not UTF-8 text"],
    [" ".repeat(16 * 1024 * 1024 + 1), "is larger than 16 MiB"],
  ])("that is damaged is refused: %#", (text, problem) => {
    expect(told(text)).toBe(
      `FILE:1:1: the placement record ${problem}; restore it from git or put it right: without it VMs may be placed elsewhere, which destroys them and makes them anew`,
    );
  });
});
