import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { declared, invalid, project, reference, run, scratchFolder } from "./command-run";

const register = path.join(project, "scripts", "register-typescript.cjs");
const folder = scratchFolder();

describe("the topology command", () => {
  test("prints the file that is named, else the one of TOPOLOGY", () => {
    const byName = run([reference], { TOPOLOGY: "nowhere.yaml" });
    expect(byName).toMatchObject({ code: 0, error: "" });
    expect(byName.out).toContain("2 clusters, 6 VMs: 24 cores, 48 GiB memory, 120 GiB disk\n");
    expect(run([], { TOPOLOGY: reference })).toEqual(byName);
  });

  test("prints topology.yaml of the folder it is run in, at once and with no word of its own", () => {
    const command = path.join(project, "lib", "command", "main.ts");
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["-r", register, command, "--format", "json"],
      { cwd: project, env: { ...process.env, TOPOLOGY: "" }, encoding: "utf8" },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({ summary: { clusters: 2, vms: 6 } });
  });

  test("never loads CDKTF, which would take longer than all the rest", () => {
    const script =
      'require("./scripts/register-typescript.cjs"); require("./lib/command/run"); ' +
      "console.log(Object.keys(require.cache).filter((file) => /node_modules.(cdktf|constructs|@cdktf)./.test(file)).length)";
    const { stdout } = spawnSync(process.execPath, ["-e", script], { cwd: project, encoding: "utf8" });
    expect(stdout).toBe("0\n");
  });

  describe("ends", () => {
    /** Runs a line of bash, in which "$@" is the command with a topology that has something to warn of. */
    function bash(line: string): { stdout: string; stderr: string } {
      const file = path.join(folder(), "two.yaml");
      fs.writeFileSync(file, declared.replaceAll("members: 3", "members: 2"));
      const command = path.join(project, "lib", "command", "main.ts");
      const node = [process.execPath, "-r", register, command, file];
      const { stdout, stderr } = spawnSync("bash", ["-c", line, "bash", ...node], {
        cwd: project,
        encoding: "utf8",
      });
      return { stdout, stderr };
    }

    test("quietly when its reader has seen enough", () => {
      const line = '"$@" --format json | head -c 1; echo " ${PIPESTATUS[0]}"';
      expect(bash(line)).toEqual({ stdout: "{ 0\n", stderr: "" });
    });

    test("well where nobody reads its warnings", () => {
      const line = 'exec 3> >(:); wait $!; "$@" --format svg 2>&3 | head -c 4; echo " ${PIPESTATUS[0]}"';
      expect(bash(line)).toEqual({ stdout: "<svg 0\n", stderr: "" });
    });

    test("with 1 and a line where the disk is full", () => {
      expect(bash('"$@" > /dev/full; echo $?')).toEqual({
        stdout: "1\n",
        stderr: "the standard output cannot be written (ENOSPC); write to a file with --output\n",
      });
    });
  });

  test("tells every fault of a topology in its own line, without a stack trace", () => {
    const { code, out, error } = run([`${invalid}.yaml`]);
    expect(error.replaceAll(`${invalid}.yaml`, "merge-key.yaml")).toBe(
      fs.readFileSync(`${invalid}.txt`, "utf8"),
    );
    expect({ code, out }).toEqual({ code: 1, out: "" });
  });

  test.each([
    [["--format", "pdf"], "--format pdf: there is no such format; use table, json"],
    [["svg"], "svg is a format, and no file; put -- before the options: npm run topology -- --format svg\n"],
    [["--formt", "json"], "Unknown option '--formt'"],
    [["--output"], "Option '--output <value>' argument missing"],
    [["--output", ""], "--output: the name is empty; name a file"],
    [["a.yaml", "b.yaml"], "b.yaml: one file is printed at a time; run the command for each"],
  ])("%j is a mistake of the command line", (argv, message) => {
    const { code, out, error } = run(argv);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(error).toContain(`topology: ${message}`);
    expect(error).toContain("--help");
  });

  test.each([
    [{ npm_config_diff: "state" }, "--diff state"],
    [{ npm_config_format: "true" }, "--format …"],
    [{ npm_config_output: "true" }, "--output …"],
  ])("an option that npm took (%j) is a mistake of the command line", (environment, option) => {
    const { code, out, error } = run([reference], environment);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    const [flag] = option.split(" ");
    const line = `npm took ${flag} for an option of its own; put -- before the options: npm run topology -- ${option}\n`;
    expect(error).toContain(`topology: ${line}`);
  });

  test.each<[string[], Record<string, string>, string]>([
    [["json"], {}, "json is a format, and no file"],
    [[reference], { npm_config_format: "json" }, "npm took --format for an option of its own"],
  ])("%j %j is told by the command that was typed", (argv, environment, problem) => {
    const { code, error } = run(argv, environment, false, "npx rancher-proxmox-topology");
    expect(code).toBe(2);
    expect(error).toContain(
      `topology: ${problem}; put the option behind the command: npx rancher-proxmox-topology --format json\n`,
    );
  });

  test("an option that npm took, and that is given besides, is none", () => {
    expect(run([reference, "--format", "json"], { npm_config_format: "true" })).toMatchObject({ code: 0 });
  });

  test("--help says what there is", () => {
    const { code, out } = run(["--help"]);
    expect(code).toBe(0);
    expect(out).toMatch(/^Usage: npm run topology -- \[FILE\]/);
    for (const flag of ["--format", "--output", "TOPOLOGY", "PLACEMENT_RECORD"]) expect(out).toContain(flag);
  });

  test("tells warnings beside what has no place for them, and exits with 0", () => {
    const file = path.join(folder(), "two.yaml");
    fs.writeFileSync(file, declared.replaceAll("members: 3", "members: 2"));
    const { code, out, error } = run([file, "--format", "mermaid"]);
    expect({ code, first: out.split("\n")[0] }).toEqual({ code: 0, first: "flowchart LR" });
    expect(error).toMatch(
      /^warning: .*two.yaml:\d+:\d+ clusters.rancher-manager.members: .* \[even-servers\]$/m,
    );
    expect(run([file]).error).toBe("");
    expect(run([file]).out).toContain("[even-servers]");
  });

  test.each([
    ["json", '{\n  "schemaVersion": 1,'],
    ["yaml", "schemaVersion: 1\n"],
    ["mermaid", "flowchart LR\n"],
    ["ansible", "# An Ansible inventory"],
    ["svg", "<svg "],
    ["html", "<!doctype html>"],
  ])("prints %s", (format, beginning) => {
    const { code, out, error } = run([reference, "--format", format]);
    expect({ code, error, beginning: out.slice(0, beginning.length) }).toEqual({
      code: 0,
      error: "",
      beginning,
    });
  });

  test("stands out in a terminal alone, and not where NO_COLOR is set", () => {
    const hasColours = ({ out }: { out: string }): boolean => out.includes("\u001b[");
    expect(hasColours(run([reference], {}, true))).toBe(true);
    expect(hasColours(run([reference], { NO_COLOR: "1" }, true))).toBe(false);
    expect(hasColours(run([reference]))).toBe(false);
    const file = path.join(folder(), "table.txt");
    run([reference, "--output", file], {}, true);
    expect(fs.readFileSync(file, "utf8")).toBe(run([reference]).out);
  });
});

test("VMs that no record has are told of in a pipeline alone, as CI says", () => {
  const file = path.join(
    project,
    "__tests__",
    "fixtures",
    "topology",
    "warnings",
    "placement-not-recorded.yaml",
  );
  const told = (environment: Record<string, string>): boolean =>
    run([file, "--format", "ansible"], environment).error.includes("[placement-not-recorded]");
  expect(["true", "1", "", "0", "false"].map((CI) => told({ CI }))).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
  expect(told({})).toBe(false);
});
