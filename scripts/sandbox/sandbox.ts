import fs from "node:fs";
import path from "node:path";
import { cliConfig } from "../../provider/mirror/cli-config";
import { installProviders } from "../../provider/mirror/mirror";
import { NULL_PACKAGE, PVE_PACKAGE } from "../../provider/mirror/provider-package";
import { startSimulator, type Simulator, type SimulatorOptions } from "../../simulator";
import { runCommand, type CommandResult, type RunOptions } from "./run-command";
import { makeThrowAwayPublicKey } from "./ssh-key";

const PROJECT_FOLDER = path.join(__dirname, "..", "..");

/** The stack that `main.ts` declares. */
const STACK_NAME = "rancher-proxmox";

/** What varies between sandboxes. */
export interface SandboxOptions {
  /** A folder of its own; it is made where it is not there. */
  readonly folder: string;
  /** @default - as the simulator has them */
  readonly simulator?: SimulatorOptions;
  /**
   * A sandbox whose providers and synthesized, initialized stack this one takes over. Its state must be named by a
   * relative path.
   * @default - providers are built, and there is no stack before {@link Sandbox.synth}
   */
  readonly like?: Sandbox;
}

/** Variables by name; what is made here has its placement recorded in a file of its own. */
type SandboxEnvironment = Readonly<Record<string, string>> & { readonly PLACEMENT_RECORD: string };

/** A simulated Proxmox VE and all that the real Terraform needs to deploy to it, without a registry. */
export class Sandbox {
  private constructor(
    /** Absolute path. */
    readonly folder: string,
    readonly simulator: Simulator,
    /** Variables that turn cdktf and terraform to this sandbox. */
    readonly environment: SandboxEnvironment,
  ) {}

  /**
   * Starts the simulator and builds the providers into a mirror.
   *
   * @throws Error where a provider does not build or the simulator cannot listen
   */
  static async open({ folder, simulator: simulatorOptions, like }: SandboxOptions): Promise<Sandbox> {
    const absolute = path.resolve(folder);
    fs.mkdirSync(absolute, { recursive: true, mode: 0o700 });
    const cliConfigFile = like?.environment["TF_CLI_CONFIG_FILE"] ?? (await buildMirror(absolute));
    const simulator = await startSimulator(simulatorOptions);
    const caFile = path.join(absolute, "ca.pem");
    fs.writeFileSync(caFile, simulator.caCertificatePem);
    const sandbox = new Sandbox(absolute, simulator, {
      TF_VAR_proxmox_api_url: simulator.url,
      TF_VAR_proxmox_api_user: simulator.token.user,
      TF_VAR_proxmox_api_token_id: simulator.token.tokenId,
      TF_VAR_proxmox_api_token_secret: simulator.token.secret,
      TF_VAR_proxmox_ca_file: caFile,
      TF_VAR_ssh_public_keys: JSON.stringify([makeThrowAwayPublicKey("sandbox")]),
      TF_CLI_CONFIG_FILE: cliConfigFile,
      TERRAFORM_STATE: path.join(absolute, "terraform.tfstate"),
      // What is tried out here says nothing about where the user's VMs are.
      PLACEMENT_RECORD: path.join(absolute, "topology.lock.json"),
      // A registry is asked for the providers' hashes, and this one has none of them.
      CDKTF_SKIP_PROVIDER_LOCK: "true",
      CDKTF_DISABLE_PLUGIN_CACHE_ENV: "true",
      CHECKPOINT_DISABLE: "1",
    });
    if (like !== undefined) {
      fs.cpSync(like.stackFolder, sandbox.stackFolder, { recursive: true, verbatimSymlinks: true });
    }
    return sandbox;
  }

  /** Folder of the synthesized stack. */
  get stackFolder(): string {
    return path.join(this.folder, "cdktf.out", "stacks", STACK_NAME);
  }

  /** Synthesizes the app, as cdktf's CLI does it. */
  async synth(options: Partial<RunOptions> & { topology?: string } = {}): Promise<CommandResult> {
    const { topology, ...run } = options;
    return await runCommand(
      process.execPath,
      [
        "--require",
        path.join(PROJECT_FOLDER, "scripts", "register-typescript.cjs"),
        path.join(PROJECT_FOLDER, "main.ts"),
      ],
      {
        cwd: PROJECT_FOLDER,
        ...run,
        env: {
          ...this.processEnvironment(),
          CDKTF_OUTDIR: path.join(this.folder, "cdktf.out"),
          ...(topology === undefined ? {} : { TOPOLOGY: topology }),
        },
      },
    );
  }

  /** Runs Terraform, in the stack's folder where no other is given. */
  async terraform(args: readonly string[], options: Partial<RunOptions> = {}): Promise<CommandResult> {
    return await runCommand("terraform", args, {
      cwd: this.stackFolder,
      ...options,
      env: { ...this.processEnvironment(), ...options.env },
    });
  }

  /** Stops the simulator. */
  async close(): Promise<void> {
    await this.simulator.close();
  }

  /** The environment of processes that are to work on this sandbox. */
  processEnvironment(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      // Nothing here is signed by whom this machine trusts, and to read them takes Node most of the time that a provider
      // takes to start.
      NODE_EXTRA_CA_CERTS: undefined,
      ...this.environment,
      // Providers that are killed leave their sockets behind.
      TMPDIR: this.folder,
      TF_IN_AUTOMATION: "1",
      TF_INPUT: "0",
    };
  }
}

/** Builds the providers into a mirror; answers the CLI configuration that has them from nowhere else. */
async function buildMirror(folder: string): Promise<string> {
  const mirror = path.join(folder, "mirror");
  const packages = [PVE_PACKAGE, NULL_PACKAGE];
  await installProviders(mirror, packages);
  const cliConfigFile = path.join(folder, "terraform.tfrc");
  fs.writeFileSync(cliConfigFile, cliConfig({ folder: mirror, packages, offline: true }));
  return cliConfigFile;
}
