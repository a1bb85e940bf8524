import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { parse } from "yaml";
import { runCommand } from "../../../lib/command/run";

const project = path.join(__dirname, "..", "..", "..");
const register = path.join(project, "scripts", "register-typescript.cjs");
const reference = path.join(project, "topology.yaml");
const declared = fs.readFileSync(reference, "utf8");
const invalid = path.join(project, "__tests__", "fixtures", "topology", "invalid", "merge-key");

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "topology-command-"));
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true });
});

function run(argv: string[], environment: Record<string, string> = {}, isTTY = false) {
  const written = { out: "", error: "" };
  const code = runCommand({
    command: "npm run topology --",
    argv,
    environment,
    out: { isTTY, write: (text) => (written.out += text) },
    error: { write: (text) => (written.error += text) },
  });
  return { code, ...written };
}

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
      const file = path.join(folder, "two.yaml");
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

  test("an option that npm took, and that is given besides, is none", () => {
    expect(run([reference, "--format", "json"], { npm_config_format: "true" })).toMatchObject({ code: 0 });
  });

  test("--help says what there is", () => {
    const { code, out } = run(["--help"]);
    expect(code).toBe(0);
    expect(out).toMatch(/^Usage: npm run topology -- \[FILE\]/);
    for (const flag of ["--format", "--output", "TOPOLOGY"]) expect(out).toContain(flag);
  });

  test("tells warnings beside what has no place for them, and exits with 0", () => {
    const file = path.join(folder, "two.yaml");
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
    const file = path.join(folder, "table.txt");
    run([reference, "--output", file], {}, true);
    expect(fs.readFileSync(file, "utf8")).toBe(run([reference]).out);
  });
});

describe("--output", () => {
  test("writes the file and nothing else, over one that is there", () => {
    const file = path.join(folder, "topology.json");
    fs.writeFileSync(file, "old", { mode: 0o640 });
    expect(run([reference, "--format", "json", "--output", file])).toEqual({ code: 0, out: "", error: "" });
    expect(fs.readFileSync(file, "utf8")).toBe(run([reference, "--format", "json"]).out);
    expect(fs.statSync(file).mode & 0o777).toBe(0o640);
    expect(fs.readdirSync(folder)).toEqual(["topology.json"]);
  });

  test("follows a link, and leaves it one", () => {
    fs.writeFileSync(path.join(folder, "target"), "");
    fs.symlinkSync("target", path.join(folder, "link"));
    expect(run([reference, "--output", path.join(folder, "link")]).code).toBe(0);
    expect(fs.lstatSync(path.join(folder, "link")).isSymbolicLink()).toBe(true);
    expect(fs.readFileSync(path.join(folder, "target"), "utf8")).toBe(run([reference]).out);
  });

  test("leaves a device in its place", () => {
    expect(run([reference, "--output", "/dev/null"]).code).toBe(0);
    expect(fs.statSync("/dev/null").isCharacterDevice()).toBe(true);
  });

  test("leaves the old file where the topology has faults", () => {
    const file = path.join(folder, "kept.txt");
    fs.writeFileSync(file, "old");
    expect(run([`${invalid}.yaml`, "--output", file]).code).toBe(1);
    expect(fs.readFileSync(file, "utf8")).toBe("old");
  });

  describe("refuses to write over what it reads:", () => {
    const [top, base, other, linked] = ["top.yaml", "base.yaml", "other.yaml", "linked.yaml"];
    beforeEach(() => {
      fs.writeFileSync(path.join(folder, base), declared);
      fs.writeFileSync(path.join(folder, top), `extends: ${base}\n`);
      fs.writeFileSync(path.join(folder, other), `extends: ${base}\n`);
      fs.writeFileSync(path.join(folder, "alone.yaml"), declared);
      fs.writeFileSync(path.join(folder, "new.tfstate"), "");
      fs.symlinkSync(top, path.join(folder, linked));
      fs.symlinkSync(".", path.join(folder, "here"));
    });

    test.each([
      ["the topology", [top], top],
      ["the topology by another path", [top], `here/../here/${top}`],
      ["the topology by a link", [linked], top],
      ["a link to the topology", [top], linked],
      ["a file that it extends", [top], base],
      ["its placement record, even where there is none yet", [top], "here/top.lock.json"],
      ["the topology that it is compared with", [top, "--diff", other], other],
      ["what that one extends", ["alone.yaml", "--diff", other], base],
      ["the placement record of that one", [top, "--diff", other], "other.lock.json"],
      ["the state that it is compared with", [top, "--diff", "new.tfstate"], "new.tfstate"],
    ])("%s", (_what, [file = "", ...flags], output) => {
      const before = contents();
      const target = path.join(folder, output);
      const named = flags.map((flag) => (flag.startsWith("--") ? flag : path.join(folder, flag)));
      expect(run([path.join(folder, file), ...named, "--output", target])).toEqual({
        code: 2,
        out: "",
        error: expect.stringContaining(
          `--output ${target}: what is printed is read from this file, and would take its place; name another file\n`,
        ) as string,
      });
      expect(contents()).toEqual(before);
    });

    test("anything else may be written over", () => {
      const output = path.join(folder, other);
      expect(run([path.join(folder, top), "--output", output])).toEqual({ code: 0, out: "", error: "" });
    });

    function contents(): Record<string, string> {
      const names = fs.readdirSync(folder).filter((name) => name !== "here");
      return Object.fromEntries(
        names.map((name) => [name, fs.readFileSync(path.join(folder, name), "utf8")]),
      );
    }
  });

  test("says where it cannot write", () => {
    const file = path.join(folder, "none", "topology.json");
    expect(run([reference, "--output", file])).toEqual({
      code: 1,
      out: "",
      error: `${file}: cannot be written (ENOENT); name another file with --output\n`,
    });
    const long = path.join(folder, "x".repeat(300));
    expect(run([reference, "--output", long])).toMatchObject({
      code: 1,
      error: `${long}: cannot be written (ENAMETOOLONG); name another file with --output\n`,
    });
  });
});

describe("--diff", () => {
  function write(name: string, text: string): string {
    const file = path.join(folder, name);
    fs.writeFileSync(file, text);
    return file;
  }

  test("tells what another topology would become", () => {
    const other = write("other.yaml", declared.replace("memoryMiB: 8192", "memoryMiB: 4096"));
    expect(run([reference, "--diff", other])).toEqual({
      code: 0,
      error: "",
      out: `\
What there is in ${other}, and what ${reference} would make of it

  ~ pve_qemu.rancher-manager-1 is changed in place (VM 401 on pve1)
      memoryMiB: 4096 -> 8192, at its next start
  ~ pve_qemu.rancher-manager-2 is changed in place (VM 402 on pve1)
      memoryMiB: 4096 -> 8192, at its next start
  ~ pve_qemu.rancher-manager-3 is changed in place (VM 403 on pve1)
      memoryMiB: 4096 -> 8192, at its next start

Terraform would plan: 0 to add, 3 to change, 0 to destroy.
`,
    });
  });

  test("tells it as data", () => {
    const other = write("other.yaml", declared.replace("members: 3", "members: 1"));
    const json = JSON.parse(run([reference, "--diff", other, "--format", "json"]).out) as object;
    expect(json).toMatchObject({
      schemaVersion: 1,
      prior: other,
      planned: reference,
      isState: false,
      totals: { add: 3, change: 0, destroy: 1 },
      isRefused: false,
      resources: [
        { address: "pve_qemu.rancher-manager-2", action: "add", vmId: 402, node: "pve1" },
        { address: "pve_qemu.rancher-manager-3", action: "add" },
        { address: "null_resource.rancher-manager-ready", action: "replace" },
      ],
    });
    expect(parse(run([reference, "--diff", other, "--format", "yaml"]).out)).toEqual(json);
  });

  test("takes the placement of the file from the record that PLACEMENT_RECORD names", () => {
    const file = path.join(folder, "two-hosts.yaml");
    const sizes = "cores: 2, memoryMiB: 4096, diskGiB: 20";
    fs.writeFileSync(
      file,
      `proxmox: { nodes: [pve1, pve2], templateId: { pve1: 400, pve2: 401 }, storage: local-zfs }
network: { cidr: 10.1.0.0/24, domain: lab.example }
clusters: { web: { role: apps, members: 1, firstVmId: 411, firstAddress: 10.1.0.10, ${sizes} } }
`,
    );
    const record = path.join(folder, "try-out.lock.json");
    fs.writeFileSync(record, '{ "version": 1, "placement": { "web-1": "pve2" } }');
    const { out } = run([file, "--diff", file], { PLACEMENT_RECORD: record });
    expect(out).toMatch(/node: pve1 -> pve2,/);
  });

  test("takes the word state for the file of TERRAFORM_STATE, and an empty one for no state at all", () => {
    const state = write("new.tfstate", "");
    const { code, out } = run([reference, "--diff", "state"], { TERRAFORM_STATE: state });
    expect(code).toBe(0);
    expect(out).toContain("Terraform would plan: 8 to add, 0 to change, 0 to destroy.");
    expect(out).toContain("Proxmox was not asked");
    expect(run([reference, "--diff", state]).out).toBe(out);
  });

  test("says what is wrong with the other file", () => {
    const none = path.join(folder, "none.tfstate");
    expect(run([reference, "--diff", "state"], { TERRAFORM_STATE: none })).toMatchObject({
      code: 1,
      error: expect.stringMatching(/none.tfstate: there is no such file; nothing was applied from/) as string,
    });
    expect(run([reference, "--diff", none]).error).toMatch(
      /no such file; name a topology or Terraform state/,
    );
    const plan = write("plan.json", '{ "format_version": "1.2", "planned_values": {} }');
    expect(run([reference, "--diff", plan]).error).toMatch(/plan.json: is a plan that Terraform has shown/);
    const cut = write("terraform.tfstate.backup", '"version": 4');
    expect(run([reference, "--diff", cut])).toMatchObject({
      code: 1,
      error: expect.stringMatching(
        /backup: is no Terraform state, or one that is cut off or damaged/,
      ) as string,
    });
    const damaged = write(
      "pulled.json",
      '{ "version": 4, "terraform_version": "1.11.4", "resources": null }',
    );
    expect(run([reference, "--diff", damaged])).toMatchObject({
      code: 1,
      error: expect.stringMatching(
        /pulled.json: is Terraform state that is damaged: got null at res/,
      ) as string,
    });
    expect(run([reference, "--diff", `${invalid}.yaml`]).error).toContain("merge-key.yaml:");
  });
});
