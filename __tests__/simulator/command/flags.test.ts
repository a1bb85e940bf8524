import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readCommandLine } from "../../../simulator/command/flags";

test("pools come from repeated flags, which replace those of the file", () => {
  const folder = mkdtempSync(join(tmpdir(), "simulator-"));
  const file = join(folder, "simulator.yaml");
  writeFileSync(file, "pools: [team/apps]\n");
  const poolsOf = (...args: string[]): unknown =>
    readCommandLine(["node", "main.ts", ...args], {}).options.pools;
  expect(poolsOf("--pool", "tf", "--pool", "other")).toEqual(["tf", "other"]);
  expect(poolsOf("--config", file)).toEqual(["team/apps"]);
  expect(poolsOf("--config", file, "--pool", "tf")).toEqual(["tf"]);
  expect(poolsOf()).toBeUndefined();
  rmSync(folder, { recursive: true });
});
