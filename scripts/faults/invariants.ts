import { readMark } from "../../provider/session/mark";
import type { RequestRecord, Simulator, TaskSnapshot, VmSnapshot } from "../../simulator";
import type { WantedVm } from "./stack-file";
import type { VmInState } from "./terraform-state";

const GIB = 2 ** 30;

/** What nobody but its owner may touch, as it was before the trial. */
export class Baseline {
  readonly #vms: ReadonlyMap<number, string>;
  readonly #templates: ReadonlySet<number>;
  readonly #taskCount: number;
  readonly #requestCount: number;

  constructor(simulator: Simulator) {
    const vms = simulator.vms();
    this.#vms = new Map(vms.map((vm) => [vm.vmid, JSON.stringify(vm)]));
    this.#templates = new Set(vms.filter(({ isTemplate }) => isTemplate).map(({ vmid }) => vmid));
    this.#taskCount = simulator.tasks().length;
    this.#requestCount = simulator.requestCount();
  }

  has(vmid: number): boolean {
    return this.#vms.has(vmid);
  }

  /** What is different from what it was, and what was tried since, even where it left no trace: one line each. */
  violations(simulator: Simulator): string[] {
    const now = new Map(simulator.vms().map((vm) => [vm.vmid, JSON.stringify(vm)]));
    const changed = [...this.#vms].flatMap(([vmid, before]) => {
      const after = now.get(vmid);
      return after === before
        ? []
        : [`VM ${vmid} is not ours and was touched: ${before} became ${after ?? "nothing"}`];
    });
    const tasks = simulator.tasks().slice(this.#taskCount);
    return [
      ...changed,
      ...tasks
        .filter(({ vmid, type }) => this.has(vmid) && !(type === "qmclone" && this.#templates.has(vmid)))
        .map(({ vmid, upid }) => `VM ${vmid} is not ours and had a task: ${upid}`),
      ...this.#requestViolations(simulator),
    ];
  }

  #requestViolations(simulator: Simulator): string[] {
    const count = simulator.requestCount() - this.#requestCount;
    const requests = simulator.requests();
    // Nobody can tell what was asked before the oldest request that is remembered.
    const lost = count > requests.length ? [`of ${count} requests only ${requests.length} are known`] : [];
    const since = requests.slice(Math.max(0, requests.length - count));
    return [
      ...lost,
      ...since
        .filter((request) => this.#isForbidden(request))
        .map(({ method, path, status }) => `${method} ${path} (${status}) is about a VM that is not ours`),
    ];
  }

  #isForbidden({ method, path }: RequestRecord): boolean {
    const [, id = "", below = ""] = /\/qemu\/(\d+)([^?]*)/.exec(path) ?? [];
    const vmid = Number(id);
    if (method === "GET" || !this.has(vmid)) return false;
    return !(below === "/clone" && this.#templates.has(vmid));
  }
}

/** Follows VMs that are whole and in state: from then on they must stay the machines that they are. */
export class Identities {
  readonly #uuids = new Map<number, string>();

  /** Somebody else has removed a VM: it has to be made anew. */
  forget(vmid: number): void {
    this.#uuids.delete(vmid);
  }

  /** What is wrong after a run: one line each. */
  violations(simulator: Simulator, inState: readonly VmInState[]): string[] {
    const faults: string[] = [];
    const whole = new Set(inState.filter(({ isTainted }) => !isTainted).map(({ vmid }) => vmid));
    for (const [vmid, uuid] of this.#uuids) {
      if (!whole.has(vmid)) faults.push(`VM ${vmid} was whole, and is now tainted or no longer in state`);
      else if (uuidOf(simulator, vmid) !== uuid) faults.push(`VM ${vmid} was made anew without need`);
    }
    this.#uuids.clear();
    for (const vmid of whole) {
      const uuid = uuidOf(simulator, vmid);
      if (uuid === undefined) faults.push(`VM ${vmid} is in state and does not exist`);
      else this.#uuids.set(vmid, uuid);
    }
    return faults;
  }
}

/** What is wrong with the VMs and volumes when all is said to be done: one line each. */
export function settledViolations(
  simulator: Simulator,
  baseline: Baseline,
  wanted: readonly WantedVm[],
): string[] {
  const ours = simulator.vms().filter(({ vmid }) => !baseline.has(vmid));
  const surplus = ours.filter(({ vmid }) => !wanted.some((vm) => vm.vmid === vmid));
  return [
    ...baseline.violations(simulator),
    ...surplus.map(({ vmid, name }) => `VM ${vmid} (${name}) exists and is not asked for`),
    ...wanted.flatMap((want) => {
      const vm = ours.find(({ vmid }) => vmid === want.vmid);
      return vm === undefined ? [`VM ${want.vmid} does not exist`] : vmViolations(vm, want, simulator);
    }),
    ...volumeViolations(simulator),
    ...simulator
      .tasks()
      .filter(({ exitStatus }) => exitStatus === undefined)
      .map(({ upid }) => `task ${upid} still runs`),
  ];
}

function vmViolations(vm: VmSnapshot, want: WantedVm, simulator: Simulator): string[] {
  const config = { ...vm.config, ...vm.pending };
  const tasks = simulator.tasks().filter(({ vmid }) => vmid === vm.vmid);
  const waiting =
    want.reboot_on_change === true || isStartedAsConfigured(tasks) ? Object.keys(vm.pending).join() : "";
  const [boot] = vm.disks;
  const checks: [what: string, is: unknown, wanted: unknown][] = [
    ["name", vm.name, want.name],
    ["cores", config["cores"], String(want.cores)],
    ["memory", config["memory"], String(want.memory)],
    ["ipconfig0", config["ipconfig0"], want.ipconfig0],
    ["nameserver", config["nameserver"], want.nameserver],
    ["mark", readMark(config["description"] ?? "").signature, undefined],
    ["what waits in spite of a reboot", waiting, ""],
    ["lock", config["lock"], undefined],
    ["status", vm.status, "running"],
    ["agent", vm.isAgentUp, true],
    ["disks", vm.disks.map(({ key, sizeBytes }) => `${key}:${sizeBytes / GIB}`).join(), disksOf(want)],
    ["second card", config["net1"] !== undefined, want.net1 !== undefined],
    ["boot disk's system", boot?.isBootable, true],
  ];
  return checks
    .filter(([, is, wanted]) => is !== wanted)
    .map(([what, is, wanted]) => `VM ${vm.vmid}: ${what} is ${String(is)}, and was to be ${String(wanted)}`);
}

/** Disks that are asked for, by device and GiB. */
function disksOf(want: WantedVm): string {
  const asked = (["scsi0", "scsi1", "scsi2"] as const).map((device) => [device, want[device]] as const);
  return asked
    .flatMap(([device, disk]) => (disk === undefined ? [] : [`${device}:${disk.split(":")[1] ?? ""}`]))
    .join();
}

/** Whether the VM was started or rebooted after all that was configured: then nothing may wait for the next reboot. */
function isStartedAsConfigured(tasks: readonly TaskSnapshot[]): boolean {
  const started = tasks
    .filter(({ type, exitStatus = "" }) => /^qm(start|reboot)$/.test(type) && /^(OK$|WARN)/.test(exitStatus))
    .at(-1);
  // One that failed may have done its work all the same.
  const configured = tasks.filter(({ type }) => type === "qmconfig").at(-1);
  return started !== undefined && started.startMs >= (configured?.endMs ?? -Infinity);
}

/** Volumes that no VM's configuration names. */
function volumeViolations(simulator: Simulator): string[] {
  const named = new Set(
    simulator
      .vms()
      .flatMap(({ config, pending }) => [...Object.values(config), ...Object.values(pending)])
      .map((value) => value.split(",")[0]),
  );
  return simulator
    .volumes()
    .filter(({ volumeId }) => !named.has(volumeId))
    .map(({ volumeId }) => `volume ${volumeId} is left behind`);
}

function uuidOf(simulator: Simulator, vmid: number): string | undefined {
  return simulator.vms().find((vm) => vm.vmid === vmid)?.config["smbios1"];
}
