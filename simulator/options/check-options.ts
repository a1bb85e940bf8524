import { isIPv4 } from "node:net";
import { checkRules } from "../faults/check-rules";
import { CONTENT_TYPES, dnsName, nodeName, poolId, storageId, vmId } from "../schema/formats";
import { VM_PARAMETERS } from "../schema/vm-parameters";
import { isShared } from "../world/storages";
import { isStorageTypeName, STORAGE_TYPES } from "../world/storage-types";
import { DEFAULT_TIMING_PROFILE } from "../world/timing-profile";
import {
  DEFAULT_STORAGES,
  DEFAULT_TEMPLATE_DISK_GIB,
  DEFAULT_TEMPLATES,
  type SimulatorOptions,
  templateNode,
} from "./options";
import { checkAccess } from "./check-access";
import { checkVms, departedNodes } from "./check-vms";
import { fits, type Report } from "./report";

/** All that is wrong with the options, one fault a line. */
export class InvalidOptions extends Error {
  constructor(readonly faults: readonly string[]) {
    super(faults.join("\n"));
    this.name = "InvalidOptions";
  }
}

/** Space that the cloud-init drive of a template takes. */
const CLOUD_INIT_GIB = 4 / 1024;

/**
 * Checks options that came from a person.
 *
 * @throws InvalidOptions with every fault: where, the value got, what is allowed
 */
export function checkOptions(options: SimulatorOptions): void {
  const faults: string[] = [];
  const report: Report = (path, got, advice) => {
    faults.push(`${path}: ${advice}; got ${JSON.stringify(got)}`);
  };
  checkServer(options, report);
  checkAccess(options, report);
  checkProfile(options, report);
  checkNodes(options, report);
  checkPorts(options, report);
  checkHardware(options, report);
  checkPools(options, report);
  checkStorages(options, report);
  checkTemplates(options, report);
  checkVms(options, report);
  const rules = checkRules(options.faults ?? [], "faults");
  if ("faults" in rules) faults.push(...rules.faults);
  if (faults.length > 0) throw new InvalidOptions(faults);
}

function checkServer({ host, port, controlPort, speed }: SimulatorOptions, report: Report): void {
  if (host !== undefined && !isLoopback(host)) {
    const advice =
      "must be a loopback address (127.0.0.1, ::1, localhost): a simulator has no business on a network";
    report("host", host, advice);
  }
  for (const [name, value] of Object.entries({ port, controlPort })) {
    if (value === undefined || (Number.isInteger(value) && value >= 0 && value <= 65535)) continue;
    report(name, value, "must be a whole number from 0 (any free port) to 65535");
  }
  if (speed !== undefined && !(Number.isFinite(speed) && speed >= 0)) {
    report("speed", speed, "must be a number, 0 or more: 1 for real time, 10 for ten times as fast");
  }
}

function checkProfile({ profile }: SimulatorOptions, report: Report): void {
  for (const [name, seconds] of Object.entries(profile ?? {})) {
    const isKnown = Object.hasOwn(DEFAULT_TIMING_PROFILE, name);
    if (!isKnown) report(`profile.${name}`, seconds, `is unknown; known: ${list(DEFAULT_TIMING_PROFILE)}`);
    else if (!(Number.isFinite(seconds) && seconds >= 0)) {
      report(`profile.${name}`, seconds, "must be a number of seconds, 0 or more");
    }
  }
}

function checkNodes({ nodes = ["pve1"], bridges = [] }: SimulatorOptions, report: Report): void {
  if (nodes.length === 0) report("nodes", nodes, "must name at least one node");
  for (const [index, node] of nodes.entries()) {
    if (!fits(nodeName, node)) report(`nodes[${index}]`, node, "must be letters, digits and inner hyphens");
    if (nodes.indexOf(node) < index) report(`nodes[${index}]`, node, "is named twice; each node once");
  }
  for (const [index, bridge] of bridges.entries()) {
    if (!/^[-_.\w]+$/.test(bridge))
      report(`bridges[${index}]`, bridge, "must be an interface name, like vmbr0");
  }
}

function checkPorts(
  { bridges = ["vmbr0"], bridgesWithoutPort = [] }: SimulatorOptions,
  report: Report,
): void {
  for (const [index, bridge] of bridgesWithoutPort.entries()) {
    if (!bridges.includes(bridge))
      report(`bridgesWithoutPort[${index}]`, bridge, `must be one of ${bridges.join(", ")}`);
  }
}

function checkHardware({ hardware = {} }: SimulatorOptions, report: Report): void {
  const { cpus = 1, memoryGiB = 1 } = hardware;
  if (!Number.isInteger(cpus) || cpus < 1) report("hardware.cpus", cpus, "must be a whole number above 0");
  if (!(Number.isFinite(memoryGiB) && memoryGiB > 0)) {
    report("hardware.memoryGiB", memoryGiB, "must be above 0");
  }
}

function checkPools({ pools = [] }: SimulatorOptions, report: Report): void {
  for (const [index, pool] of pools.entries()) {
    if (!fits(poolId, pool)) {
      report(
        `pools[${index}]`,
        pool,
        "must be letters, digits, '.', '-' or '_', nested by '/' three deep at most",
      );
    }
    if (pools.indexOf(pool) < index) report(`pools[${index}]`, pool, "is named twice; each pool once");
  }
}

function checkStorages(options: SimulatorOptions, report: Report): void {
  const { storages = DEFAULT_STORAGES, nodes: members = ["pve1"] } = options;
  const nodes = [...members, ...departedNodes(options)];
  for (const [index, storage] of storages.entries()) {
    const path = `storages[${index}]`;
    const { id, type, sizeGiB, shared = false } = storage;
    if (!fits(storageId, id))
      report(`${path}.id`, id, "must be letters, digits, '-', '_' or '.', a letter first");
    if (storages.findIndex((other) => other.id === id) < index) report(`${path}.id`, id, "is named twice");
    if (!isStorageTypeName(type)) report(`${path}.type`, type, `must be one of ${list(STORAGE_TYPES)}`);
    else if (type === "zfspool" && isShared(type, shared))
      report(`${path}.shared`, shared, "zfspool is local");
    if (!(Number.isFinite(sizeGiB) && sizeGiB > 0)) report(`${path}.sizeGiB`, sizeGiB, "must be above 0");
    for (const node of storage.nodes ?? []) {
      if (!nodes.includes(node)) report(`${path}.nodes`, node, `must be one of ${nodes.join(", ")}`);
    }
    for (const content of storage.content ?? []) {
      if (!(CONTENT_TYPES as readonly string[]).includes(content)) {
        report(`${path}.content`, content, `must be one of ${CONTENT_TYPES.join(", ")}`);
      }
    }
  }
}

function checkTemplates(options: SimulatorOptions, report: Report): void {
  const { templates = DEFAULT_TEMPLATES, storages = DEFAULT_STORAGES, nodes = ["pve1"] } = options;
  const takenGiB = new Map<string, number>();
  for (const [index, template] of templates.entries()) {
    const path = `templates[${index}]`;
    const { vmid, name, storage: id, diskGiB = DEFAULT_TEMPLATE_DISK_GIB } = template;
    if (!fits(vmId, String(vmid))) report(`${path}.vmid`, vmid, "must be a VM id from 100 to 999999999");
    if (templates.findIndex((other) => other.vmid === vmid) < index)
      report(`${path}.vmid`, vmid, "is used twice");
    if (!fits(dnsName, name)) report(`${path}.name`, name, "must be a DNS name");
    const storage = storages.find((each) => each.id === id);
    const node = templateNode(template, nodes, storages);
    if (storage === undefined) {
      report(`${path}.storage`, id, `must be one of ${storages.map((each) => each.id).join(", ")}`);
    } else if (node === undefined || storage.nodes?.includes(node) === false) {
      report(`${path}.storage`, id, `must be a storage that node ${String(node)} has`);
    } else if (storage.content?.includes("images") === false) {
      report(`${path}.storage`, id, "must be a storage that may hold images");
    } else {
      const freeGiB = storage.sizeGiB - (takenGiB.get(id) ?? 0) - CLOUD_INIT_GIB;
      takenGiB.set(id, (takenGiB.get(id) ?? 0) + diskGiB + CLOUD_INIT_GIB);
      if (!(diskGiB > 0 && diskGiB <= freeGiB)) {
        report(`${path}.diskGiB`, diskGiB, `must be above 0 and fit on ${id}, which has ${freeGiB} GiB left`);
      }
    }
    if (node !== undefined && !nodes.includes(node)) {
      report(`${path}.node`, node, `must be one of ${nodes.join(", ")}`);
    }
    for (const key of Object.keys(template.config ?? {})) {
      if (!Object.hasOwn(VM_PARAMETERS, key))
        report(`${path}.config`, key, "must hold keys of a VM's configuration");
    }
  }
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIPv4(host) && host.startsWith("127."));
}

function list(record: object): string {
  return Object.keys(record).join(", ");
}
