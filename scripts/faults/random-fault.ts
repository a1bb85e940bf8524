import type { FaultRule } from "../../simulator";
import type { PhaseName, VmIds } from "./phase";
import type { Random } from "./random";

type CallMatch = NonNullable<FaultRule["call"]>;
type Action = FaultRule["action"];

const VM = "/nodes/{node}/qemu/{vmid}";

/** Calls that change something, by phase. */
const CHANGES: Readonly<Record<PhaseName, readonly [CallMatch, ...CallMatch[]]>> = {
  apply: [
    { method: "POST", path: `${VM}/clone` },
    { method: "POST", path: `${VM}/config` },
    { method: "PUT", path: `${VM}/resize` },
    { method: "POST", path: `${VM}/status/start` },
  ],
  update: [
    { method: "POST", path: `${VM}/config` },
    { method: "PUT", path: `${VM}/resize` },
    { method: "POST", path: `${VM}/status/{action}` },
  ],
  destroy: [
    { method: "POST", path: `${VM}/status/{action}` },
    { method: "DELETE", path: VM },
  ],
};

/** Calls that only look. */
const READS: readonly [CallMatch, ...CallMatch[]] = [
  { method: "GET", path: `${VM}/config` },
  { method: "GET", path: `${VM}/status/current` },
  { method: "GET", path: "/nodes/{node}/tasks/{upid}/status" },
  { method: "GET", path: `${VM}/agent/{command}` },
  { method: "GET", path: "/cluster/{what}" },
];

/** Tasks, by phase, with how long they take in simulated seconds. */
const TASKS: Readonly<Record<PhaseName, readonly [Task, ...Task[]]>> = {
  apply: [
    { type: "qmclone", seconds: 14 },
    { type: "qmclone", seconds: 14 },
    { type: "qmconfig", seconds: 1 },
    { type: "resize", seconds: 1 },
    { type: "qmstart", seconds: 2 },
  ],
  update: [
    { type: "qmconfig", seconds: 1 },
    { type: "resize", seconds: 1 },
    { type: "qmreboot", seconds: 5 },
  ],
  destroy: [
    { type: "qmstop", seconds: 1 },
    { type: "qmshutdown", seconds: 3 },
    { type: "qmdestroy", seconds: 2 },
  ],
};

interface Task {
  readonly type: string;
  readonly seconds: number;
}

/**
 * A moment to kill somebody at: when a call comes or has been carried out, or in the midst of a task.
 *
 * @param vmids the VMs that the run is going to touch
 */
export function randomMoment(random: Random, phase: PhaseName, vmids: VmIds): FaultRule {
  const vmid = random.pick(vmids);
  if (random.chance(0.4)) {
    const { type, seconds } = random.pick(TASKS[phase]);
    const afterSeconds = Math.round(random.next() * seconds * 100) / 100;
    return { task: { type, vmid }, action: { kind: "note", afterSeconds } };
  }
  return { ...randomCall(random, phase, vmid), action: { kind: "note", when: beforeOrAfter(random) } };
}

/**
 * Something that goes wrong.
 *
 * @param vmids the VMs that the run is going to touch
 */
export function randomFault(random: Random, phase: PhaseName, vmids: VmIds): FaultRule {
  const vmid = random.pick(vmids);
  if (random.chance(0.25)) {
    return { ...randomCall(random, phase, vmid), action: randomIncident(random, phase, vmid) };
  }
  if (random.chance(0.3)) {
    const { type } = random.pick(TASKS[phase]);
    return { task: { type, vmid }, action: taskAction(random, type, vmid) };
  }
  const { call, nth } = randomCall(random, phase, vmid);
  const isRead = call.method === "GET";
  return { call, nth, count: random.integer(1, isRead ? 4 : 2), action: callAction(random, vmid, isRead) };
}

/** Something that befalls the cluster; what lasts ends by itself. */
function randomIncident(random: Random, phase: PhaseName, vmid: number): Action {
  const seconds = random.integer(2, 40);
  const storage = "local-vm-zfs";
  const offline: Action = { kind: "node-offline", node: "pve1", seconds };
  const incidents: Record<PhaseName, readonly [Action, ...Action[]]> = {
    apply: [
      { kind: "vm-lock", vmid, seconds },
      { kind: "vm-lock-file", vmid, seconds },
      { kind: "storage-lock-file", storage, seconds },
      { kind: "storage-full", storage, seconds },
      { kind: "agent-late", vmid, afterSeconds: 2 * seconds },
      offline,
    ],
    update: [
      { kind: "vm-lock", vmid, seconds },
      { kind: "vm-lock-file", vmid, seconds },
      { kind: "storage-full", storage, seconds },
      { kind: "change-vm", vmid, set: { cores: "7", description: "somebody was here" } },
      { kind: "stop-vm", vmid },
      { kind: "remove-vm", vmid },
      offline,
    ],
    destroy: [
      { kind: "vm-lock", vmid, seconds },
      { kind: "vm-lock-file", vmid, seconds },
      { kind: "stop-vm", vmid },
      { kind: "remove-vm", vmid },
      offline,
    ],
  };
  return random.pick(incidents[phase]);
}

function beforeOrAfter(random: Random): "before" | "after" {
  return random.pick(["before", "after"]);
}

function randomCall(random: Random, phase: PhaseName, vmid: number): { call: CallMatch; nth: number } {
  if (random.chance(0.7)) return { call: { ...random.pick(CHANGES[phase]), vmid }, nth: 1 };
  const read = random.pick(READS);
  // The calls on the cluster are about no VM in particular.
  const call = read.path?.startsWith("/cluster") === true ? read : { ...read, vmid };
  return { call, nth: random.integer(1, 4) };
}

function callAction(random: Random, vmid: number, isRead: boolean): Action {
  const when = beforeOrAfter(random);
  const lock = `can't lock file '/var/lock/qemu-server/lock-${vmid}.conf' - got timeout`;
  const what = random.integer(1, 10);
  if (what <= 3) return { kind: "drop", when };
  if (what === 4) return { kind: "half-answer" };
  if (what === 5) return { kind: "delay", seconds: random.integer(1, 25), when };
  if (what === 6) return { kind: "answer", status: random.pick([502, 503, 504]), when };
  if (what <= 8) return { kind: "answer", status: random.pick([595, 596, 596, 599]), when };
  if (isRead && what === 9) {
    return { kind: "answer", status: 403, message: `Permission check failed (/vms/${vmid}, VM.Audit)` };
  }
  return {
    kind: "answer",
    status: 500,
    message: random.pick([lock, "got no worker upid - start worker failed"]),
  };
}

function taskAction(random: Random, type: string, vmid: number): Action {
  const isClone = type === "qmclone";
  const what = random.integer(1, 6);
  if (what === 1) return { kind: "warn" };
  if (what === 2) return { kind: "delay", seconds: random.integer(1, 40) };
  // A clone whose worker dies leaves a VM that only root can unlock: no client can put that right.
  if (what === 3 && !isClone) return { kind: "die", afterSeconds: random.next() };
  if (what === 4) return { kind: "hang", afterSeconds: random.integer(0, 2) };
  const exitStatus = isClone
    ? "clone failed: can't lock file '/var/lock/pve-manager/pve-storage-local-vm-zfs' - got timeout"
    : `can't lock file '/var/lock/qemu-server/lock-${vmid}.conf' - got timeout`;
  return { kind: "fail", exitStatus };
}
