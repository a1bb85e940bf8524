import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { formatFault } from "../../../../lib/topology/fault";
import {
  passedOverRecord,
  placementFileOf,
  recordNameFault,
} from "../../../../lib/topology/placement/record-name";

describe("the record of a topology file", () => {
  test.each([
    ["topology.yaml", "topology.lock.json"],
    ["envs/prod.yaml", "envs/prod.lock.json"],
    ["/srv/my.infra/topology.json", "/srv/my.infra/topology.json.lock.json"],
    ["topology.yml", "topology.lock.json"],
    ["lab.ts", "lab.ts.lock.json"],
    ["topology.lock.json", "topology.lock.json.lock.json"],
    [".yaml", ".yaml.lock.json"],
  ])("%s is %s", (topologyFile, record) => {
    expect(placementFileOf(topologyFile)).toBe(record);
  });
});

describe("what stands beside a topology file", () => {
  let folder: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "record-name-"));
  });
  afterEach(() => {
    fs.rmSync(folder, { recursive: true });
  });

  /** What a user is told of the first of some files, with the others beside it. */
  function told(first: string, ...others: string[]): string {
    for (const each of [first, ...others]) fs.writeFileSync(path.join(folder, each), "");
    const file = path.join(folder, first);
    const fault = recordNameFault(file);
    return fault === undefined ? "nothing" : formatFault(fault, file).replaceAll(`${folder}${path.sep}`, "");
  }
  const otherwise =
    "or name the record with PLACEMENT_RECORD=path: without one VMs may be placed elsewhere, which destroys them and makes them anew";

  test.each([
    ["prod.json", "prod.lock.json", "prod.json.lock.json"],
    ["prod.txt", "prod.lock.json", "prod.txt.lock.json"],
    ["prod.yml", "prod.yml.lock.json", "prod.lock.json"],
  ])("%s is told of a record that has the name of earlier versions", (file, former, record) => {
    expect(told(file, former)).toBe(
      `${file}: its placement record is to be ${record}, and there is only ${former}, as earlier versions named it; rename it (git mv ${former} ${record}), ${otherwise}`,
    );
  });

  test.each([
    ["a record of its own", "prod.json", "prod.lock.json", "prod.json.lock.json"],
    ["the record of a .yaml file", "prod.json", "prod.lock.json", "prod.yaml"],
    ["the record of a .yml file", "prod.json", "prod.lock.json", "prod.yml"],
    ["the .yml file's record of earlier versions", "prod.yml", "prod.lock.json", "prod.yml.lock.json"],
    ["no record", "prod.json", "other.lock.json"],
  ])("%s is nothing to tell of", (_, first, ...others) => {
    expect(told(first, ...others)).toBe("nothing");
  });

  test.each([
    ["prod.yaml", "prod.yml"],
    ["prod.yml", "prod.yaml"],
  ])("%s has no record that %s has too", (file, twin) => {
    expect(told(file, twin)).toBe(
      `${file}: shares its placement record prod.lock.json with ${twin}, in which each would drop the VMs of the other; rename one of the two topologies, or name a record for each with PLACEMENT_RECORD=path`,
    );
  });

  test("is passed over where another record is named that is not there yet, which is told", () => {
    const at = (name: string): string => path.join(folder, name);
    const [file, beside, named] = [at("prod.yaml"), at("prod.lock.json"), at("try.lock.json")];
    expect(passedOverRecord(file, named)).toBeUndefined();
    fs.writeFileSync(beside, "");
    expect(passedOverRecord(file, beside)).toBeUndefined();
    expect(passedOverRecord(file, named)).toBe(
      `${named}: there is no such placement record yet, and ${beside} is not read in its place, so all VMs are placed anew; copy it there first to have them where they are`,
    );
    fs.writeFileSync(named, "");
    expect(passedOverRecord(file, named)).toBeUndefined();
  });
});
