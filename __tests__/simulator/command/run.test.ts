import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "../../../simulator/command/run";

const SECRET = "0f5d6c1e-6a3b-4a55-9b1c-1c2d3e4f5a6b";

describe("the simulator command", () => {
  let folder: string;
  let caFile: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "simulator-"));
    caFile = join(folder, "sub", "ca.pem");
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  interface Run {
    readonly code: number;
    readonly out: string;
    readonly error: string;
  }

  /** Runs the command; as soon as it has greeted, looks around and interrupts it. */
  async function run(
    args: string[],
    environment = {},
    whileRunning: () => void = () => undefined,
  ): Promise<Run> {
    let out = "";
    let error = "";
    let interrupt = (): void => undefined;
    const interrupted = new Promise<void>((resolve) => {
      interrupt = resolve;
    });
    const code = await runCommand({
      argv: ["node", "main.ts", "--ca-file", caFile, ...args],
      environment,
      out: (text) => {
        out += text;
        whileRunning();
        interrupt();
      },
      error: (text) => {
        error += text;
      },
      interrupted,
    });
    return { code, out, error };
  }

  test("prints what is needed to use it, and removes its CA file at the end", async () => {
    let certificate = "";
    const { code, out, error } = await run(
      ["--port", "0", "--user", "me@pam", "--token-id", "tf", "--template", "900:debian:local-vm-zfs"],
      { SIMULATOR_TOKEN_SECRET: SECRET },
      () => {
        certificate = readFileSync(caFile, "utf8");
      },
    );
    expect([code, error]).toEqual([0, ""]);
    expect(certificate).toMatch(/^-----BEGIN CERTIFICATE-----\n/);
    expect(existsSync(caFile)).toBe(false);
    const url = /^URL +(https:\/\/127\.0\.0\.1:\d+)$/m.exec(out)?.[1] ?? "";
    expect(out).toContain("900 debian on pve1");
    expect(out).toContain(
      `curl --cacert ${caFile} -H 'Authorization: PVEAPIToken=me@pam!tf=${SECRET}' ${url}/api2/json/version\n`,
    );
    expect(out).toContain(`export PROXMOX_ENDPOINT=${url}\n`);
    expect(out).toContain(`export PROXMOX_CA_FILE=${caFile}\n`);
    expect(out).toContain("export TF_VAR_proxmox_api_user=me@pam\n");
    expect(out).toContain(`export TF_VAR_proxmox_ca_file=${caFile}\n`);
    expect(out).toContain(`export TF_VAR_proxmox_api_token_secret=${SECRET}\n`);
    expect(out).toContain("export CDKTF_SKIP_PROVIDER_LOCK=true\n");
    expect(out).toMatch(/^# export TF_VAR_ssh_public_keys='\["ssh-ed25519 .*"\]'$/m);
    expect(out).toContain("npm run provider:install");
  });

  test("gives simulators in one folder a CA file each, named after the port that is really listened on", async () => {
    const startedIn = process.cwd();
    process.chdir(folder);
    try {
      let interrupt = (): void => undefined;
      const interrupted = new Promise<void>((resolve) => {
        interrupt = resolve;
      });
      const greetings: string[] = [];
      let certificates: string[] = [];
      const start = (): Promise<number> =>
        runCommand({
          argv: ["node", "main.ts", "--port", "0"],
          environment: {},
          out: (text) => {
            greetings.push(text);
            if (greetings.length < 2) return;
            interrupt();
            certificates = greetings.map((greeting) => {
              const port = /^URL .*:(\d+)$/m.exec(greeting)?.[1] ?? "";
              return readFileSync(join(".work", "simulator", `ca-${port}.pem`), "utf8");
            });
          },
          error: () => {
            interrupt();
          },
          interrupted,
        });
      await expect(Promise.all([start(), start()])).resolves.toEqual([0, 0]);
      expect(new Set(certificates).size).toBe(2);
      expect(readdirSync(join(".work", "simulator"))).toEqual([]);
    } finally {
      process.chdir(startedIn);
    }
  });

  test("reads a file, over which flags go", async () => {
    const file = join(folder, "simulator.yaml");
    writeFileSync(
      file,
      `
nodes: [pve1, pve2]
storages:
  - { id: fast, type: lvmthin, sizeGiB: 50 }
templates:
  - { vmid: 9000, name: golden, node: pve2, storage: fast, diskGiB: 3, agent: false }
token: { user: ci@pve, tokenId: ci, secret: ${SECRET} }
profile: { fullCloneSeconds: 2 }
`,
    );
    const { code, out } = await run(["--config", file, "--port", "0", "--user", "me@pve"]);
    expect(code).toBe(0);
    expect(out).toContain("Templates  9000 golden on pve2\n");
    expect(out).toContain("API token  me@pve!ci\n");
  });

  test("names all faults of a file, each with its place", async () => {
    const file = join(folder, "bad.yaml");
    writeFileSync(file, "nodes: pve1\nfoo: 1\nstorages: [{ id: a, type: zz, sizeGiB: 1, extra: 2 }]\n");
    const { code, out, error } = await run(["--config", file]);
    expect([code, out]).toEqual([1, ""]);
    const lines = error.trimEnd().split("\n");
    const faults = lines.slice(0, -1);
    expect(faults).toHaveLength(4);
    for (const fault of faults) expect(fault).toMatch(/^simulator: .*bad\.yaml: /);
    expect(error).toContain("storages[0]: unknown key 'extra'");
    expect(error).toContain("the top: unknown key 'foo'");
  });

  test.each([
    [["--config", "/no/such/file"], /--config \/no\/such\/file: cannot be read/],
    [["--host", "0.0.0.0"], /host: must be a loopback address/],
    [["--storage", "a:b"], /--storage a:b: must be ID:TYPE:GiB/],
    [["--storage", "a:ext4:10"], /the type must be one of dir, nfs, cifs, zfspool, lvmthin, rbd; got 'ext4'/],
    [["--template", "x:y:z"], /--template x:y:z: must be VMID:NAME:STORAGE/],
    [["--speed", "fast"], /--speed fast: must be a number/],
    [["--prot", "8007"], /unknown option '--prot' \(Did you mean --port\?\)$/],
    [["extra"], /too many arguments/],
    [["--port"], /option '--port <number>' argument missing/],
  ])(
    "says in one line what is wrong with %j, and in another where the options are listed",
    async (args, text) => {
      const { code, error } = await run(args);
      expect(code).toBe(1);
      const [fault, hint, ...rest] = error.trimEnd().split("\n");
      expect(fault).toMatch(text);
      expect(fault).toMatch(/^simulator: /);
      expect(hint).toContain("npm run simulator -- --help");
      expect(rest).toEqual([]);
      expect(existsSync(caFile)).toBe(false);
    },
  );

  test("says kindly that a port is taken", async () => {
    const other = createServer();
    const port = await new Promise<number>((resolve) => {
      other.listen(0, "127.0.0.1", () => {
        resolve((other.address() as { port: number }).port);
      });
    });
    const { code, error } = await run(["--port", String(port)]);
    await new Promise((resolve) => other.close(resolve));
    expect(code).toBe(1);
    expect(error.split("\n")[0]).toBe(
      `simulator: port ${port} on 127.0.0.1 is in use: end what uses it, or choose another with --port (0 for any that is free)`,
    );
  });

  test("leaves a CA file alone that another simulator has written since", async () => {
    await run(["--port", "0"], {}, () => {
      writeFileSync(caFile, "of another");
    });
    expect(readFileSync(caFile, "utf8")).toBe("of another");
  });
});
