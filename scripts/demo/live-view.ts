import type { Simulator, VmSnapshot } from "../../simulator";
import { listVms } from "./vm-table";

const REDRAW_MS = 200;

/** Where a VM is on its way. */
type Stage = "cloning" | "configuring" | "starting" | "booting" | "ready" | "stopped" | "removing" | "gone";

/**
 * Shows VMs being made or removed: on a terminal a table that is redrawn, elsewhere a line for every change.
 *
 * @returns ends the view
 */
export function watchVms(
  simulator: Simulator,
  stream: NodeJS.WriteStream,
  interrupt: AbortSignal,
): () => void {
  const startedMs = performance.now();
  const seen = new Map<number, { name: string; stage: Stage; sinceSeconds: number }>();
  let linesDrawn = 0;

  const look = (): void => {
    // What is said of the interruption is not to be drawn over.
    if (interrupt.aborted) return;
    const nowSeconds = (performance.now() - startedMs) / 1000;
    const present = new Map(listVms(simulator).map((vm) => [vm.vmid, vm]));
    const changes: string[] = [];
    for (const vmid of new Set([...seen.keys(), ...present.keys()])) {
      const vm = present.get(vmid);
      const before = seen.get(vmid);
      const stage = vm === undefined ? "gone" : stageOf(vm, simulator, before?.stage);
      const name = vm?.config["name"] ?? before?.name ?? "";
      if (before?.stage === stage) {
        seen.set(vmid, { ...before, name });
        continue;
      }
      seen.set(vmid, { name, stage, sinceSeconds: nowSeconds });
      changes.push(`  ${nowSeconds.toFixed(1).padStart(5)} s  ${vmid}  ${name.padEnd(20)}  ${stage}`);
    }
    if (stream.isTTY) linesDrawn = redraw(stream, linesDrawn, rows(seen, nowSeconds));
    else changes.forEach((line) => stream.write(`${line}\n`));
  };

  const timer = setInterval(look, REDRAW_MS);
  look();
  return () => {
    clearInterval(timer);
    look();
  };
}

const BAR: Readonly<Record<Stage, string>> = {
  cloning: "█░░░░",
  configuring: "██░░░",
  starting: "███░░",
  booting: "████░",
  ready: "█████",
  stopped: "░░░░░",
  removing: "░░░░░",
  gone: "     ",
};

function rows(
  seen: ReadonlyMap<number, { name: string; stage: Stage; sinceSeconds: number }>,
  nowSeconds: number,
): string[] {
  return [...seen]
    .sort(([a], [b]) => a - b)
    .map(([vmid, { name, stage, sinceSeconds }]) => {
      const settled = stage === "ready" || stage === "gone";
      const seconds = (settled ? sinceSeconds : nowSeconds).toFixed(1).padStart(5);
      return `  ${seconds} s  ${vmid}  ${name.padEnd(20)}  ${BAR[stage]}  ${stage}`;
    });
}

/** Draws over what was drawn last; answers how many lines there are now. */
function redraw(stream: NodeJS.WriteStream, linesDrawn: number, lines: readonly string[]): number {
  const up = linesDrawn > 0 ? `\u001b[${linesDrawn}A` : "";
  stream.write(up + lines.map((line) => `\u001b[2K${line}\n`).join(""));
  return lines.length;
}

/** A VM that is stopped is on its way up or down, according to what it was before. */
function stageOf(vm: VmSnapshot, simulator: Simulator, before: Stage | undefined): Stage {
  if (vm.config["lock"] === "clone") return "cloning";
  const running = simulator
    .tasks()
    .filter((task) => task.vmid === vm.vmid && task.exitStatus === undefined)
    .map((task) => task.type);
  if (running.includes("qmdestroy")) return "removing";
  if (running.includes("qmstart")) return "starting";
  if (vm.status === "running") return vm.isAgentUp ? "ready" : "booting";
  return before === "ready" || before === "stopped" ? "stopped" : "configuring";
}
