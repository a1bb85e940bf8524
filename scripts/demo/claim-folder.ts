import fs from "node:fs";
import path from "node:path";
import { DemoFailure } from "./phases";

/** Tells a folder that a demo made, and so may empty, from one that holds something of the user's. */
const MARKER = "made-by-npm-run-demo";

/**
 * Empties the folder and takes it for this process.
 *
 * @throws DemoFailure where it holds files of the user's, or another demo is running in it
 */
export function claimFolder(folder: string): void {
  const marker = path.join(folder, MARKER);
  if (fs.existsSync(folder) && fs.readdirSync(folder).length > 0) {
    if (!fs.existsSync(marker)) {
      throw new DemoFailure(`${folder} holds files that no demo made: choose another --dir`);
    }
    const pid = Number(fs.readFileSync(marker, "utf8"));
    if (isAlive(pid)) {
      throw new DemoFailure(
        `a demo is running in ${folder} (process ${pid}): end it, or choose another --dir`,
      );
    }
  }
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  fs.writeFileSync(marker, String(process.pid));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
