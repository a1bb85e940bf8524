import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

const project = path.join(__dirname, "..");
const fixtures = path.join(__dirname, "fixtures", "topology");

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "main-"));
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true });
});

/** Runs the app as `cdktf synth` does, with its output in the test's own folder. */
function runApp(environment: Record<string, string>): {
  code: number | null;
  stdout: string;
  stderr: string;
} {
  const register = path.join(project, "scripts", "register-typescript.cjs");
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["-r", register, path.join(project, "main.ts")],
    {
      cwd: project,
      env: {
        ...process.env,
        TOPOLOGY: "",
        TERRAFORM_STATE: "",
        // The reference is synthesized as somebody may have edited it, whose record this is not to change.
        PLACEMENT_RECORD: environment["TOPOLOGY"] ? "" : path.join(folder, "reference.lock.json"),
        CDKTF_OUTDIR: path.join(folder, "out"),
        ...environment,
      },
      encoding: "utf8",
    },
  );
  return { code: status, stdout, stderr };
}

/** A valid topology in the test's own folder, where its placement may be recorded. */
function copyOf(fixture: string): string {
  const file = path.join(folder, fixture);
  fs.copyFileSync(path.join(fixtures, "valid", fixture), file);
  return file;
}

function synthesizedFile(): string {
  return fs.readFileSync(path.join(folder, "out", "stacks", "rancher-proxmox", "cdk.tf.json"), "utf8");
}

function synthesizedVms(): string[] {
  const document = JSON.parse(synthesizedFile()) as {
    resource: { pve_qemu: Record<string, unknown> };
  };
  return Object.keys(document.resource.pve_qemu);
}

test("the app synthesizes topology.yaml into one stack, without a word", () => {
  fs.copyFileSync(path.join(project, "topology.lock.json"), path.join(folder, "reference.lock.json"));
  expect(runApp({ TOPOLOGY: "" })).toEqual({ code: 0, stdout: "", stderr: "" });
  expect(synthesizedVms()).toHaveLength(6);
});

test("TOPOLOGY names another file", () => {
  expect(runApp({ TOPOLOGY: copyOf("two-managers.yaml") }).code).toBe(0);
  expect(synthesizedVms()).toEqual(["rancher-1", "rancher-2", "rancher-3", "web-1", "web-2"]);
});

test("the state is in the project folder, or in the file that TERRAFORM_STATE names", () => {
  const statePath = (): unknown => {
    const document = JSON.parse(synthesizedFile()) as { terraform: { backend: { local: { path: string } } } };
    return document.terraform.backend.local.path;
  };
  runApp({});
  expect(statePath()).toBe(path.join(project, "terraform.rancher-proxmox.tfstate"));
  const file = path.join(folder, "deployment.tfstate");
  runApp({ TERRAFORM_STATE: file });
  expect(statePath()).toBe(file);
});

test("a faulty topology is told line by line, without a stack trace, and nothing is written", () => {
  const file = path.join(fixtures, "invalid", "merge-key.yaml");
  const { code, stdout, stderr } = runApp({ TOPOLOGY: file });
  const expected = fs.readFileSync(path.join(fixtures, "invalid", "merge-key.txt"), "utf8");
  expect(stderr.replaceAll(file, "merge-key.yaml")).toBe(expected);
  expect({ code, stdout, written: fs.readdirSync(folder) }).toEqual({ code: 1, stdout: "", written: [] });
});

test("so is a missing one", () => {
  const file = path.join(folder, "none.yaml");
  const { code, stderr } = runApp({ TOPOLOGY: file });
  expect(stderr).toBe(`${file}: there is no such file; create it, or name another one with TOPOLOGY=path\n`);
  expect({ code, written: fs.readdirSync(folder) }).toEqual({ code: 1, written: [] });
});

describe("what is allowed but hardly meant", () => {
  let file: string;
  beforeEach(() => {
    file = path.join(folder, "even-servers.yaml");
    fs.copyFileSync(path.join(fixtures, "warnings", "even-servers.yaml"), file);
  });
  const line = fs.readFileSync(path.join(fixtures, "warnings", "even-servers.txt"), "utf8");

  test("is told line by line, and the app goes on", () => {
    const { stderr, ...rest } = runApp({ TOPOLOGY: file });
    expect(stderr.replaceAll(file, "even-servers.yaml")).toBe(line);
    expect(rest).toEqual({ code: 0, stdout: "" });
    expect(synthesizedVms()).toHaveLength(2);
  });

  test("is summed up where many clusters have it in common, as the topology command does", () => {
    const clusters = Array.from({ length: 8 }, (_, index) => {
      const place = `firstVmId: ${401 + 10 * index}, firstAddress: 10.1.0.${11 + 10 * index}`;
      return `  c${index}: { role: apps, members: 2, ${place}, cores: 2, memoryMiB: 4096, diskGiB: 20 }\n`;
    });
    fs.writeFileSync(
      file,
      `proxmox: { nodes: [pve1, pve2], templateId: 400, storage: ceph, storages: { ceph: { shared: true } } }
network: { cidr: 10.1.0.0/24, domain: lab.example }
clusters:
${clusters.join("")}`,
    );
    const lines = runApp({ TOPOLOGY: file }).stderr.trimEnd().split("\n");
    expect(lines).toHaveLength(6);
    expect(lines.at(-1)).toBe("warning: … and 3 more [even-servers]");
  });

  test("is left to the cdktf command to show, which would take a word on stderr for an error", () => {
    const environment = { TOPOLOGY: file, CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS: "true" };
    expect(runApp(environment)).toEqual({ code: 0, stdout: "", stderr: "" });
    const manifest = JSON.parse(fs.readFileSync(path.join(folder, "out", "manifest.json"), "utf8")) as {
      stacks: Record<string, { annotations: { level: string; message: string }[] }>;
    };
    const annotations = manifest.stacks["rancher-proxmox"]?.annotations ?? [];
    expect(annotations).toMatchObject([{ level: "@cdktf/warn" }]);
    expect(`warning: ${annotations[0]?.message.replaceAll(file, "even-servers.yaml")}\n`).toBe(line);
  });
});

describe("the placement of the VMs", () => {
  const nodesOf = (): unknown[] => {
    const document = JSON.parse(synthesizedFile()) as {
      resource: { pve_qemu: Record<string, { node: string }> };
    };
    return Object.values(document.resource.pve_qemu).map(({ node }) => node);
  };
  const write = (nodes: string): string => {
    const file = path.join(folder, "topology.yaml");
    fs.writeFileSync(
      file,
      `proxmox: { nodes: ${nodes}, templateId: 400, storage: ceph, storages: { ceph: { shared: true } } }
network: { cidr: 10.1.0.0/24, domain: lab.example }
clusters:
  web: { role: apps, members: 3, firstVmId: 401, firstAddress: 10.1.0.10, cores: 2, memoryMiB: 4096, diskGiB: 20 }
`,
    );
    return file;
  };

  test("is recorded beside the topology, and outlasts what is added", () => {
    runApp({ TOPOLOGY: write("[pve1, pve2]"), CI: "" });
    expect(nodesOf()).toEqual(["pve1", "pve2", "pve1"]);
    const record = path.join(folder, "topology.lock.json");
    expect(JSON.parse(fs.readFileSync(record, "utf8"))).toMatchObject({
      placement: { "web-1": "pve1", "web-2": "pve2", "web-3": "pve1" },
    });
    runApp({ TOPOLOGY: write("[pve0, pve1, pve2]"), CI: "" });
    expect(nodesOf()).toEqual(["pve1", "pve2", "pve1"]);
  });

  test("is warned of in a pipeline, whose record is lost", () => {
    const { stderr } = runApp({ TOPOLOGY: write("[pve1, pve2]"), CI: "true" });
    expect(stderr).toContain("[placement-not-recorded]");
  });

  test("of the reference is recorded in the repository", () => {
    runApp({});
    const [made, committed] = [
      path.join(folder, "reference.lock.json"),
      path.join(project, "topology.lock.json"),
    ];
    expect(fs.readFileSync(made, "utf8")).toBe(fs.readFileSync(committed, "utf8"));
  });

  test("is read from and recorded in the file that PLACEMENT_RECORD names, and the one beside the topology left alone", () => {
    const file = write("[pve1, pve2]");
    const [beside, named] = [path.join(folder, "topology.lock.json"), path.join(folder, "try-out.lock.json")];
    fs.writeFileSync(beside, '{ "version": 1, "placement": { "web-1": "pve1", "gone-1": "pve1" } }');
    fs.writeFileSync(named, '{ "version": 1, "placement": { "web-2": "pve1" } }');
    const before = fs.readFileSync(beside, "utf8");
    expect(runApp({ TOPOLOGY: file, PLACEMENT_RECORD: named }).code).toBe(0);
    expect(nodesOf()).toEqual(["pve2", "pve1", "pve1"]);
    expect(JSON.parse(fs.readFileSync(named, "utf8"))).toMatchObject({
      placement: { "web-1": "pve2", "web-2": "pve1", "web-3": "pve1" },
    });
    expect(fs.readFileSync(beside, "utf8")).toBe(before);
  });

  test("of another topology in the record that PLACEMENT_RECORD names stops the app, which writes nothing", () => {
    const file = write("[pve1, pve2]");
    const named = path.join(folder, "other.lock.json");
    const record = '{ "version": 1, "placement": { "db-1": "pve2" } }';
    fs.writeFileSync(named, record);
    const { code, stderr } = runApp({ TOPOLOGY: file, PLACEMENT_RECORD: named });
    expect({ code, record: fs.readFileSync(named, "utf8") }).toEqual({ code: 1, record });
    expect(stderr).toMatch(
      /^\S+other\.lock\.json:1:1: the placement record has db-1, and no VM of this topology/,
    );
    expect(fs.existsSync(path.join(folder, "out"))).toBe(false);
  });

  test("in a record beside the topology that is passed over is a warning", () => {
    const file = write("[pve1, pve2, pve3]");
    fs.writeFileSync(path.join(folder, "topology.lock.json"), "");
    const { code, stderr } = runApp({
      TOPOLOGY: file,
      PLACEMENT_RECORD: path.join(folder, "new.lock.json"),
      CI: "",
    });
    expect({ code, lines: stderr.trimEnd().split("\n").length }).toEqual({ code: 0, lines: 1 });
    expect(stderr).toMatch(/^warning: \S+new\.lock\.json: there is no such placement record yet/);
  });

  test("in a record that has the name of earlier versions stops the app", () => {
    const file = path.join(folder, "prod.json");
    fs.renameSync(write("[pve1]"), file);
    fs.writeFileSync(path.join(folder, "prod.lock.json"), "");
    const { code, stderr } = runApp({ TOPOLOGY: file });
    expect({ code, written: fs.readdirSync(folder).sort() }).toEqual({
      code: 1,
      written: ["prod.json", "prod.lock.json"],
    });
    expect(stderr).toContain("git mv");
  });

  test("that cannot be recorded is a warning", () => {
    // Whoever runs the tests may write anywhere, but the record has the longest name that a file can have, 255
    // characters, and its draft a longer one.
    const name = "t".repeat(245);
    const file = path.join(folder, `${name}.yaml`);
    fs.renameSync(write("[pve1, pve2, pve3]"), file);
    const { code, stderr } = runApp({ TOPOLOGY: file });
    expect({ code, stderr: stderr.replaceAll(path.join(folder, name), "FILE") }).toEqual({
      code: 0,
      stderr:
        "warning: FILE.lock.json: cannot be written (ENAMETOOLONG), so where new VMs are placed is not recorded; write and commit it before nodes or members change\n",
    });
  });

  test("that is recorded in a damaged file stops the app", () => {
    const file = write("[pve1]");
    fs.writeFileSync(path.join(folder, "topology.lock.json"), "{");
    const { code, stderr } = runApp({ TOPOLOGY: file });
    expect(code).toBe(1);
    expect(stderr).toMatch(/topology\.lock\.json:1:1: the placement record is not JSON/);
  });
});
