import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const PROJECT = path.join(__dirname, "..", "..", "..");

let home: string;

beforeEach(() => {
  home = fs.mkdtempSync(path.join(os.tmpdir(), "install-test-"));
});

afterEach(() => {
  fs.rmSync(home, { recursive: true, force: true });
});

/** What is in the home folder, but for the cache of swc, which runs the command. */
function written(): string[] {
  return fs.readdirSync(home).filter((name) => name !== ".cache");
}

/** Runs the command as npm does, with a home folder of its own. */
function install(...args: string[]): { code: number | null; stdout: string; stderr: string } {
  const command = [
    "--require",
    path.join(PROJECT, "scripts", "register-typescript.cjs"),
    path.join(PROJECT, "scripts", "provider-install.ts"),
  ];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...command, ...args], {
    cwd: PROJECT,
    env: { ...process.env, HOME: home },
    encoding: "utf8",
  });
  return { code: status, stdout, stderr };
}

test("without a folder the provider goes where Terraform looks by itself", () => {
  const { code, stdout } = install();
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /Installed dataknife\/pve 1\.0\.0 in .*\.terraform\.d\/plugins[^]*\.terraform\.lock\.hcl/,
  );
  const plugins = path.join(home, ".terraform.d/plugins/registry.terraform.io");
  expect(fs.readdirSync(plugins)).toEqual(["dataknife"]);
}, 30_000);

test("an offline mirror has the stand-in, and the configuration asks no registry", () => {
  const { code, stdout } = install("--dir", path.join(home, "mirror"), "--offline");
  expect(code).toBe(0);
  expect(stdout).toContain("TF_CLI_CONFIG_FILE");
  expect(stdout).toContain(`path = "${path.join(home, "mirror")}"`);
  expect(stdout).not.toContain("direct");
  expect(fs.readdirSync(path.join(home, "mirror/registry.terraform.io")).sort()).toEqual([
    "dataknife",
    "hashicorp",
  ]);
  expect(written()).toEqual(["mirror"]);
}, 30_000);

test.each([
  [["--offline"], /--offline goes with --dir/],
  [["--ofline"], /unknown option '--ofline'[^]*Did you mean --offline/],
  [["--dir", ""], /--dir needs the path of a folder/],
])(
  "%j is refused with what to do, and nothing is written",
  (args, message) => {
    const { code, stderr } = install(...args);
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^ +at /m);
    expect(written()).toEqual([]);
  },
  30_000,
);
