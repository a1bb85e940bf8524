import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readCommandLine } from "../../../simulator/command/flags";

test("pools come from repeated flags, which replace those of the file", () => {
  const folder = mkdtempSync(join(tmpdir(), "simulator-"));
  const file = join(folder, "simulator.yaml");
  writeFileSync(file, "pools: [team/apps]\n");
  const poolsOf = (...args: string[]): unknown =>
    readCommandLine(["node", "main.ts", ...args], {}, () => undefined)?.options.pools;
  expect(poolsOf("--pool", "tf", "--pool", "other")).toEqual(["tf", "other"]);
  expect(poolsOf("--config", file)).toEqual(["team/apps"]);
  expect(poolsOf("--config", file, "--pool", "tf")).toEqual(["tf"]);
  expect(poolsOf()).toBeUndefined();
  rmSync(folder, { recursive: true });
});

test("who may do what comes from a user.cfg, which a flag names before the file's own", () => {
  const folder = mkdtempSync(join(tmpdir(), "simulator-"));
  const [file, userConfig] = [join(folder, "simulator.yaml"), join(folder, "user.cfg")];
  writeFileSync(file, "access: { userConfig: 'user:file@pve:1:0::::::', passwords: { file@pve: x } }\n");
  writeFileSync(userConfig, "user:flag@pve:1:0::::::\n");
  const accessOf = (...args: string[]): unknown =>
    readCommandLine(["node", "main.ts", ...args], {}, () => undefined)?.options.access;
  expect(accessOf("--config", file)).toEqual({
    userConfig: "user:file@pve:1:0::::::",
    passwords: { "file@pve": "x" },
  });
  expect(accessOf("--config", file, "--user-config", userConfig)).toEqual({
    userConfig: "user:flag@pve:1:0::::::\n",
    passwords: { "file@pve": "x" },
  });
  expect(() => accessOf("--user-config", join(folder, "none"))).toThrow(
    /^--user-config .*none: cannot be read/,
  );
  rmSync(folder, { recursive: true });
});

test("the help says each default once", () => {
  let help = "";
  const request = readCommandLine(["node", "main.ts", "--help"], {}, (text) => {
    help += text;
  });
  expect(request).toBeUndefined();
  const options = help.split(/\n {2}(?=-)/).slice(1);
  const defaults = new Map(
    options.map((text) => {
      const line = text.replace(/\s+/g, " ");
      return [line.split(" ")[0], [...line.matchAll(/\(default: ([^)]*)\)/g)].map((match) => match[1])];
    }),
  );
  expect(defaults.get("--node")).toEqual(["pve1"]);
  expect(defaults.get("--bridge")).toEqual(["vmbr0"]);
  expect(defaults.get("--pool")).toEqual(["none"]);
  expect(defaults.get("--storage")).toEqual(["local:dir:100 and local-vm-zfs:zfspool:500"]);
  expect(defaults.get("--template")).toEqual(["400:ubuntu-22.04-template:local-vm-zfs"]);
  expect(defaults.get("--ca-file")).toEqual([".work/simulator/ca-PORT.pem"]);
  expect([...defaults.values()].filter((texts) => texts.length > 1)).toEqual([]);
});
