import * as fs from "node:fs";
import * as path from "node:path";
import type { Fault } from "../fault";

/** What is left out of the name of a topology file in that of its record. */
const COMMON_ENDING = /(?<=.)\.ya?ml$/;

/**
 * Where the placement of a topology file is recorded: `topology.lock.json` beside `topology.yaml` or `topology.yml`. A file
 * with any other ending keeps it, so that what stands beside `topology.yaml` has a record of its own:
 * `topology.json.lock.json`.
 * @param topologyFile its path, relative or absolute
 */
export function placementFileOf(topologyFile: string): string {
  const { dir, base } = path.parse(topologyFile);
  return recordOf(dir, base.replace(COMMON_ENDING, ""));
}

/**
 * Why the record beside a topology file cannot be taken for its own: another topology has it too, or it still has the name
 * that earlier versions gave it.
 * @param topologyFile its path, relative or absolute
 * @returns undefined where nothing is in doubt, as where there is no record yet
 */
export function recordNameFault(topologyFile: string): Fault | undefined {
  const { dir, name, base } = path.parse(topologyFile);
  const record = placementFileOf(topologyFile);
  const [yaml, yml] = [path.join(dir, `${name}.yaml`), path.join(dir, `${name}.yml`)];
  const isCommon = COMMON_ENDING.test(base);
  if (isCommon && fs.existsSync(yaml) && fs.existsSync(yml)) {
    const twin = base.endsWith(".yml") ? yaml : yml;
    return {
      path: [],
      problem: `shares its placement record ${record} with ${twin}, in which each would drop the VMs of the other`,
      fix: "rename one of the two topologies, or name a record for each with PLACEMENT_RECORD=path",
    };
  }
  const former = recordOf(dir, isCommon ? base : name);
  if (fs.existsSync(record) || !fs.existsSync(former)) return undefined;
  if (!isCommon && (fs.existsSync(yaml) || fs.existsSync(yml))) return undefined;
  return {
    path: [],
    problem: `its placement record is to be ${record}, and there is only ${former}, as earlier versions named it`,
    fix: `rename it (git mv ${former} ${record}), or name the record with PLACEMENT_RECORD=path: without one VMs may be placed elsewhere, which destroys them and makes them anew`,
  };
}

/**
 * What to warn of where a record is named that is not there yet, and the one beside the topology is passed over for it.
 * @param topologyFile its path, relative or absolute
 * @param named path of the record that is read and written
 * @returns one line; undefined where no record is passed over
 */
export function passedOverRecord(topologyFile: string, named: string): string | undefined {
  const beside = placementFileOf(topologyFile);
  if (fs.existsSync(named) || !fs.existsSync(beside)) return undefined;
  return `${named}: there is no such placement record yet, and ${beside} is not read in its place, so all VMs are placed anew; copy it there first to have them where they are`;
}

function recordOf(folder: string, name: string): string {
  return path.join(folder, `${name}.lock.json`);
}
