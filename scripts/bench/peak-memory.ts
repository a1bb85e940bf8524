import fs from "node:fs";
import path from "node:path";

const LOOK_EVERY_MS = 20;

/**
 * Watches for the processes that run a program, one after the other, and how much memory they come to hold.
 *
 * @param name file name of the program, or of the script that an interpreter runs
 * @param cwd the folder that they are started in
 * @returns ends the watch and answers the largest resident size in MiB; `undefined` where no such process was seen, or
 *   the system has no `/proc`
 */
export function watchPeakMemory(name: string, cwd: string): () => number | undefined {
  let peakKiB: number | undefined;
  let pid: string | undefined;
  const look = (): void => {
    pid ??= findProcess(name, cwd);
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

function findProcess(name: string, cwd: string): string | undefined {
  if (!fs.existsSync("/proc/self/status")) return undefined;
  return fs
    .readdirSync("/proc")
    .filter((pid) => /^\d+$/.test(pid))
    .find((pid) => {
      const words = readProcFile(pid, "cmdline").split("\0");
      return words.some((word) => path.basename(word) === name) && isIn(pid, cwd);
    });
}

function isIn(pid: string, cwd: string): boolean {
  try {
    return fs.readlinkSync(path.join("/proc", pid, "cwd")) === cwd;
  } catch {
    return false;
  }
}

/** A file of a process; empty once it is gone. */
function readProcFile(pid: string, file: string): string {
  try {
    return fs.readFileSync(path.join("/proc", pid, file), "utf8");
  } catch {
    return "";
  }
}
