import fs from "node:fs";
import path from "node:path";
import { installProviders } from "../../provider/mirror/mirror";
import { NULL_PACKAGE, PVE_PACKAGE, type ProviderPackage } from "../../provider/mirror/provider-package";
import type { SimulatorOptions } from "../../simulator";
import { mustSucceed } from "../sandbox/run-command";
import { Sandbox } from "../sandbox/sandbox";
import type { Figure } from "./figure";
import { watchPeakMemory } from "./peak-memory";
import { inScratchFolder } from "./scratch-folder";

const TEMPLATE_ID = 400;
const FIRST_VM_ID = 1000;

/** The VMs are not made one after the other, nor so many at once that clones wait too long for the storage's lock. */
const APPLY_PARALLELISM = 30;

/** What is refreshed. */
export interface RefreshOptions {
  /** Name of the measure in the report. */
  readonly measure: string;
  readonly vmCount: number;
  /** How often both plans are made, in turn. */
  readonly runs: number;
}

/** One plan of each kind. */
interface Sample {
  readonly vmsMs: number;
  readonly nullsMs: number;
  /** Calls on one VM alone. */
  readonly callsPerVm: number;
  /** Calls that serve all VMs. */
  readonly sharedCalls: number;
  readonly peakMiB: number | undefined;
}

/**
 * Refreshes VMs that are as they should be, and as many resources behind which there is nothing: what both take is
 * Terraform's and the protocol's, the difference is what asking Proxmox costs.
 *
 * @throws CommandFailure where Terraform fails
 */
export function measureRefresh({ measure, vmCount, runs }: RefreshOptions): Promise<Figure[]> {
  return inScratchFolder(async (folder) => {
    const sandbox = await Sandbox.open({ folder, simulator: quickProxmox(vmCount) });
    try {
      const [provider] = await installProviders(path.join(folder, "mirror"), [PVE_PACKAGE]);
      const vms = await apply(sandbox, "vms", vmConfiguration(sandbox, vmCount));
      const nulls = await apply(sandbox, "nulls", nullConfiguration(vmCount));
      // What an apply of so many leaves for the next run to tidy up is no part of a refresh.
      await refresh(sandbox, vms);
      const samples: Sample[] = [];
      for (let run = 0; run < runs; run += 1) {
        const countBefore = sandbox.simulator.requestCount();
        const peakMiB = watchPeakMemory(path.basename(provider?.file ?? ""), vms);
        const vmsMs = await refresh(sandbox, vms);
        const calls = sandbox.simulator.requests().slice(countBefore - sandbox.simulator.requestCount());
        const ownCalls = calls.filter(({ path }) => /\/qemu\/\d/.test(path));
        samples.push({
          vmsMs,
          peakMiB: peakMiB(),
          callsPerVm: ownCalls.length / vmCount,
          sharedCalls: calls.length - ownCalls.length,
          nullsMs: await refresh(sandbox, nulls),
        });
      }
      return figures(measure, samples);
    } finally {
      await sandbox.close();
    }
  });
}

function figures(measure: string, samples: readonly Sample[]): Figure[] {
  const figure = (name: string, unit: Figure["unit"], read: (sample: Sample) => number): Figure => ({
    measure,
    name,
    unit,
    samples: samples.map(read),
  });
  const peaks = samples.flatMap(({ peakMiB }) => (peakMiB === undefined ? [] : [peakMiB]));
  return [
    figure("terraform plan -refresh-only", "s", ({ vmsMs }) => vmsMs / 1000),
    figure("the same for null_resource", "s", ({ nullsMs }) => nullsMs / 1000),
    figure("time over that of null_resource", "", ({ vmsMs, nullsMs }) => vmsMs / nullsMs),
    { ...figure("API calls on each VM", "", ({ callsPerVm }) => callsPerVm), atMost: 1 },
    figure("API calls for all VMs together", "", ({ sharedCalls }) => sharedCalls),
    ...(peaks.length === 0
      ? []
      : [{ measure, name: "provider's peak memory", unit: "MiB", samples: peaks } as const]),
  ];
}

/** A Proxmox that has room for the VMs and makes them in no time: how they came to be is not measured. */
function quickProxmox(vmCount: number): SimulatorOptions {
  return {
    storages: [{ id: "vms", type: "zfspool", sizeGiB: (vmCount + 1) * 10 }],
    templates: [{ vmid: TEMPLATE_ID, name: "template", storage: "vms" }],
    speed: 50,
    profile: {
      fullCloneSeconds: 1,
      configureSeconds: 0.1,
      resizeSeconds: 0.1,
      startSeconds: 0.1,
      bootSeconds: 1,
    },
  };
}

function vmConfiguration({ simulator, environment }: Sandbox, vmCount: number): unknown {
  return {
    terraform: { required_providers: { pve: requirement(PVE_PACKAGE) } },
    provider: {
      pve: {
        endpoint: simulator.url,
        api_user: simulator.token.user,
        api_token_id: simulator.token.tokenId,
        api_token_secret: simulator.token.secret,
        ca_file: environment["TF_VAR_proxmox_ca_file"],
      },
    },
    resource: {
      pve_qemu: {
        vm: {
          count: vmCount,
          vmid: `\${${FIRST_VM_ID} + count.index}`,
          name: "vm-${count.index}",
          node: "pve1",
          clone: TEMPLATE_ID,
          cores: 4,
          memory: 8192,
          net0: "virtio,bridge=vmbr0,tag=14",
          scsi0: "vms:4",
          ciuser: "ubuntu",
          ipconfig0: "ip=10.${floor(count.index / 250)}.${count.index % 250}.2/8,gw=10.255.255.1",
          tags: ["bench"],
        },
      },
    },
  };
}

function nullConfiguration(count: number): unknown {
  return {
    terraform: { required_providers: { null: requirement(NULL_PACKAGE) } },
    resource: { null_resource: { vm: { count, triggers: { vmid: `\${${FIRST_VM_ID} + count.index}` } } } },
  };
}

function requirement({ source, version }: ProviderPackage): unknown {
  return { source, version };
}

/** Makes what a configuration says; answers the folder that it and its state are in. */
async function apply(sandbox: Sandbox, name: string, configuration: unknown): Promise<string> {
  const cwd = path.join(sandbox.folder, name);
  fs.mkdirSync(cwd);
  fs.writeFileSync(path.join(cwd, "main.tf.json"), JSON.stringify(configuration));
  mustSucceed("terraform init", await sandbox.terraform(["init", "-no-color"], { cwd }));
  const args = ["apply", "-auto-approve", "-no-color", `-parallelism=${APPLY_PARALLELISM}`];
  mustSucceed("terraform apply", await sandbox.terraform(args, { cwd }));
  return cwd;
}

/** Milliseconds that a refresh takes which finds nothing changed. */
async function refresh(sandbox: Sandbox, cwd: string): Promise<number> {
  const startMs = performance.now();
  const result = await sandbox.terraform(["plan", "-refresh-only", "-no-color"], { cwd });
  const durationMs = performance.now() - startMs;
  mustSucceed("terraform plan -refresh-only", result);
  if (!result.stdout.includes("No changes.")) throw new Error(`the refresh found changes:\n${result.stdout}`);
  return durationMs;
}
