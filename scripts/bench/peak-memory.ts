import fs from "node:fs";
import path from "node:path";

const LOOK_EVERY_MS = 20;

/**
 * Watches for the process that runs a program, and how much memory it comes to hold.
 *
 * @param file the program, or the script that an interpreter runs
 * @returns ends the watch and answers the largest resident size in MiB; `undefined` where no such process was seen, or
 *   the system has no `/proc`
 */
export function watchPeakMemory(file: string): () => number | undefined {
  let peakKiB: number | undefined;
  let pid: string | undefined;
  const look = (): void => {
    pid ??= findProcess(file);
    if (pid === undefined) return;
    // The kernel keeps the peak; what is read last before the process ends is all that counts.
    const status = readProcFile(pid, "status");
    const peak = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
    if (peak === undefined) pid = undefined;
    else peakKiB = Math.max(peakKiB ?? 0, Number(peak));
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  return () => {
    clearInterval(timer);
    return peakKiB === undefined ? undefined : peakKiB / 1024;
  };
}

function findProcess(file: string): string | undefined {
  if (!fs.existsSync("/proc/self/status")) return undefined;
  return fs
    .readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .find((pid) => readProcFile(pid, "cmdline").split("\0").includes(file));
}

/** A file of a process; empty once it is gone. */
function readProcFile(pid: string, name: string): string {
  try {
    return fs.readFileSync(path.join("/proc", pid, name), "utf8");
  } catch {
    return "";
  }
}
