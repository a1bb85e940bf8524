import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const PROJECT_FOLDER = path.join(__dirname, "..", "..");
const MODULES = path.join(PROJECT_FOLDER, "node_modules");
const TSC = path.join(MODULES, "typescript", "bin", "tsc");

/** The examples of docs/CONSTRUCTS.md in a language, in their order. */
function examples(language: "ts" | "json"): string[] {
  const text = fs.readFileSync(path.join(PROJECT_FOLDER, "docs", "CONSTRUCTS.md"), "utf8");
  return [...text.matchAll(/```(\w+)\n([^]*?)```/g)].flatMap(([, of, code = ""]) =>
    of === language ? [code] : [],
  );
}

/** Makes the package's commands known as `npm install` does. */
function linkCommands(app: string, library: string): void {
  const { bin } = JSON.parse(fs.readFileSync(path.join(library, "package.json"), "utf8")) as {
    bin: Record<string, string>;
  };
  fs.mkdirSync(path.join(app, "node_modules", ".bin"));
  for (const [name, file] of Object.entries(bin)) {
    fs.chmodSync(path.join(library, file), 0o755);
    fs.symlinkSync(
      path.join("..", "rancher-proxmox-cdktf", file),
      path.join(app, "node_modules", ".bin", name),
    );
  }
}

/** What npm would install with the library. */
function packagesThatItNeeds(): string[] {
  const text = fs.readFileSync(path.join(PROJECT_FOLDER, "package.json"), "utf8");
  const { dependencies, peerDependencies } = JSON.parse(text) as Record<string, Record<string, string>>;
  return Object.keys({ ...dependencies, ...peerDependencies });
}

describe("another CDKTF app", () => {
  let app: string;

  beforeAll(() => {
    app = fs.mkdtempSync(path.join(os.tmpdir(), "library-"));
    const library = path.join(app, "node_modules", "rancher-proxmox-cdktf");
    fs.mkdirSync(path.join(app, "node_modules", "@cdktf"), { recursive: true });
    execFileSync(
      process.execPath,
      [TSC, "-p", "tsconfig.build.json", "--outDir", path.join(library, "dist")],
      {
        cwd: PROJECT_FOLDER,
      },
    );
    fs.copyFileSync(path.join(PROJECT_FOLDER, "package.json"), path.join(library, "package.json"));
    linkCommands(app, library);
    for (const name of [...packagesThatItNeeds(), "@types"]) {
      fs.symlinkSync(path.join(MODULES, name), path.join(app, "node_modules", name));
    }
    examples("ts").forEach((code, index) => {
      fs.writeFileSync(path.join(app, `example-${index}.ts`), code);
    });
    const [tsconfig = ""] = examples("json");
    fs.writeFileSync(path.join(app, "tsconfig.json"), tsconfig);
    execFileSync(process.execPath, [TSC, "-p", app, "--types", "node,jest"]);
  }, 60_000);
  afterAll(() => {
    fs.rmSync(app, { recursive: true, force: true });
  });

  function synth(index: number, kind = "resource"): Record<string, Record<string, Record<string, unknown>>> {
    const output = path.join(app, `out-${index}`);
    execFileSync(process.execPath, [`example-${index}.js`], {
      cwd: app,
      env: { ...process.env, CDKTF_OUTDIR: output },
    });
    const file = path.join(output, "stacks", "lab", "cdk.tf.json");
    const stack = JSON.parse(fs.readFileSync(file, "utf8")) as Record<string, ReturnType<typeof synth>>;
    return stack[kind] ?? {};
  }

  test("compiles and synthesizes the stack from a topology in code", () => {
    const { pve_qemu: vms = {} } = synth(0);
    expect(Object.values(vms).map(({ vmid, node }) => [vmid, node])).toEqual([
      [1001, "pve1"],
      [1002, "pve2"],
      [1003, "pve1"],
    ]);
  });

  test("compiles and synthesizes a cluster and a single VM that waits for it", () => {
    const { pve_qemu: vms = {} } = synth(1);
    expect(Object.keys(vms).sort()).toEqual(["client", "database", "server-1", "server-2"]);
    expect(vms["client"]).toMatchObject({
      depends_on: ["null_resource.servers-ready"],
      ipconfig0: "ip=dhcp",
    });
    expect(vms["database"]).toMatchObject({
      ipconfig0: "ip=10.20.0.30/24,gw=10.20.0.1,ip6=2001:db8:20::30/64,gw6=fe80::1",
      net1: "virtio,bridge=vmbr1,tag=40,mtu=9000",
      ipconfig1: "ip=10.40.0.30/24",
      scsi1: "local-zfs:200",
    });
  });

  test("compiles and synthesizes a VM whose template is looked up", () => {
    const { pve_vms: sources = {} } = synth(2, "data");
    expect(sources["template"]).toMatchObject({ name: "ubuntu-22.04-template", template: true });
    const { pve_qemu: vms = {} } = synth(2);
    expect(vms["worker"]).toMatchObject({
      clone: "${data.pve_vms.template.vms[0].vmid}",
      node: "${data.pve_vms.template.vms[0].node}",
      lifecycle: { ignore_changes: ["clone", "node"] },
    });
  });

  test("compiles and synthesizes settings that a topology has no key for", () => {
    fs.copyFileSync(path.join(PROJECT_FOLDER, "topology.yaml"), path.join(app, "topology.yaml"));
    expect(synth(3)["pve_qemu"]?.["nprd-apps-3"]).toMatchObject({
      pool: "rancher",
      onboot: true,
      agent_timeout: "10m",
      timeouts: { create: "1h" },
    });
  });

  test("compiles and prints the reports of a topology", () => {
    fs.copyFileSync(path.join(PROJECT_FOLDER, "topology.yaml"), path.join(app, "topology.yaml"));
    const table = execFileSync(process.execPath, ["example-4.js"], { cwd: app, encoding: "utf8" });
    expect(table).toContain("2 clusters, 6 VMs");
    expect(fs.readFileSync(path.join(app, "topology.svg"), "utf8")).toMatch(/^<svg /);
  });

  test("compiles as CDKTF's own template does, which knows no exports of packages", () => {
    const options = ["--noEmit", "--strict", "--skipLibCheck", "--module", "commonjs", "--target", "es2018"];
    const files = fs.readdirSync(app).filter((name) => name.endsWith(".ts"));
    const resolution = ["--moduleResolution", "node10", "--types", "node,jest"];
    execFileSync(process.execPath, [TSC, ...options, ...resolution, ...files], { cwd: app });
  }, 60_000);

  test("is told how to call its topology command", () => {
    const npx = ["--offline", "rancher-proxmox-topology", "--help"];
    const help = execFileSync("npx", npx, { cwd: app, encoding: "utf8" });
    expect(help).toMatch(/^Usage: npx rancher-proxmox-topology \[FILE\]/);
  });

  test("prints its topology with npx", () => {
    fs.copyFileSync(path.join(PROJECT_FOLDER, "topology.yaml"), path.join(app, "topology.yaml"));
    const table = execFileSync("npx", ["--offline", "rancher-proxmox-topology"], {
      cwd: app,
      encoding: "utf8",
      env: { ...process.env, TOPOLOGY: "" },
    });
    expect(table).toContain("2 clusters, 6 VMs: 24 cores, 48 GiB memory, 120 GiB disk\n");
  });
});
