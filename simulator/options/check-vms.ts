import { isDriveKey, isUnusedKey } from "../schema/drive-schema";
import { nodeName, vmId } from "../schema/formats";
import { FormatError } from "../schema/types";
import { VM_PARAMETERS } from "../schema/vm-parameters";
import { DEFAULT_STORAGES, DEFAULT_TEMPLATES, type SimulatorOptions, type VmOptions } from "./options";
import { fits, type Report } from "./report";

/** Keys that a configuration file holds and no caller may set. */
const WRITTEN_BY_HOSTS = new Set(["meta"]);

/** Hosts that have VMs and are no nodes of the cluster (any more). */
export function departedNodes({ vms = [], nodes = ["pve1"] }: SimulatorOptions): string[] {
  return vms.flatMap(({ node }) => (node === undefined || nodes.includes(node) ? [] : [node]));
}

/** Checks the VMs that are there from the start. */
export function checkVms(options: SimulatorOptions, report: Report): void {
  const { vms = [], templates = DEFAULT_TEMPLATES, pools = [] } = options;
  const taken = new Set(templates.map(({ vmid }) => vmid));
  for (const [index, vm] of vms.entries()) {
    const path = `vms[${index}]`;
    const { vmid, node, pool } = vm;
    if (!fits(vmId, String(vmid))) report(`${path}.vmid`, vmid, "must be a VM id from 100 to 999999999");
    if (taken.has(vmid)) report(`${path}.vmid`, vmid, "is used twice");
    taken.add(vmid);
    if (node !== undefined && !fits(nodeName, node))
      report(`${path}.node`, node, "must be the name of a host");
    if (pool !== undefined && !pools.includes(pool)) report(`${path}.pool`, pool, "must be one of `pools`");
    checkConfig(options, vm, path, report);
  }
}

function checkConfig(
  { storages = DEFAULT_STORAGES }: SimulatorOptions,
  vm: VmOptions,
  path: string,
  report: Report,
): void {
  const storageIds = storages.map(({ id }) => id);
  for (const [key, value] of Object.entries(vm.config)) {
    const schema = VM_PARAMETERS[key];
    if (schema === undefined) {
      if (!WRITTEN_BY_HOSTS.has(key)) {
        report(`${path}.config`, key, "must hold keys of a VM's configuration");
      }
      continue;
    }
    const fault = faultOf(() => schema.format?.check(value, key));
    if (fault !== undefined) {
      report(`${path}.config.${key}`, value, fault);
      continue;
    }
    const storage =
      isDriveKey(key) || isUnusedKey(key) ? /^(?:file=|volume=)?([^/:,]+):/.exec(value)?.[1] : undefined;
    if (storage !== undefined && !storageIds.includes(storage)) {
      report(`${path}.config.${key}`, value, `must lie on one of ${storageIds.join(", ")}`);
    }
  }
}

function faultOf(check: () => void): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof FormatError) return error.message.trim().replaceAll("\n", " ");
    throw error;
  }
}
