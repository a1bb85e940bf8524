import type { Diagnostic } from "../../provider/plugin/diagnostic";
import type { Logger } from "../../provider/logger";
import { planBlock } from "../../provider/plugin/plan";
import type { Context, PlanResult } from "../../provider/plugin/provider";
import { emptyObject } from "../../provider/plugin/schema";
import type { ObjectValue } from "../../provider/plugin/value";
import { ApiClient, type Parameters } from "../../provider/proxmox/api-client";
import { QEMU } from "../../provider/resources/qemu";
import { Proxmox } from "../../provider/session/proxmox";
import { QEMU_SCHEMA } from "../../provider/resources/qemu-schema";
import { type Simulator, startSimulator, type VmSnapshot } from "../../simulator";

/** Bytes. */
export const GIB = 2 ** 30;
const ignore = (): void => undefined;
const LOGGER: Logger = { error: ignore, warn: ignore, info: ignore, debug: ignore };

/** Templates: one with an agent, one without, one whose disk is on another bus. */
export const [GOLDEN, NO_AGENT, ON_VIRTIO] = [400, 410, 420];

/** A simulated Proxmox VE of two nodes, one for each test file that imports this. */
export let simulator: Simulator;
export let client: ApiClient;
/** Told of the requests that the simulator answered, until the test's end. */
export function tellRequests(listener: (path: string) => void): void {
  onRequest = listener;
}
let onRequest: (path: string) => void = ignore;

beforeAll(async () => {
  simulator = await startSimulator({
    speed: 200,
    nodes: ["pve1", "pve2"],
    pools: ["blue", "green"],
    templates: [
      {
        vmid: GOLDEN,
        name: "golden",
        storage: "local-vm-zfs",
        config: {
          agent: "1,fstrim_cloned_disks=1",
          description: "of the template",
          searchdomain: "example.org",
          tags: "golden",
        },
      },
      { vmid: NO_AGENT, name: "no-agent", storage: "local-vm-zfs", agent: false },
    ],
    onRequest: ({ path }) => {
      onRequest(path);
    },
  });
  client = new ApiClient({
    endpoint: new URL(`${simulator.url}/api2/json`),
    tokenId: `${simulator.token.user}!${simulator.token.tokenId}`,
    tokenSecret: simulator.token.secret,
    caCertificates: simulator.caCertificatePem,
    logger: LOGGER,
  });
});

beforeEach(() => {
  onRequest = ignore;
});

afterEach(() => {
  jest.restoreAllMocks();
});

afterAll(async () => {
  client.close();
  await simulator.close();
});

export interface Applied {
  readonly state: ObjectValue | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** A configuration of the resource; VMs are not started unless a test is about that, which keeps it short. */
export function configure(vmid: number, changes: ObjectValue = {}): ObjectValue {
  const own = { vmid, name: `vm-${vmid}`, node: "pve1", clone: GOLDEN, startup: false };
  return { ...emptyObject(QEMU_SCHEMA.block), ...own, ...changes };
}

/** Plans and applies as Terraform does, in a process of its own each time. */
export async function apply(
  prior: ObjectValue | null,
  config: ObjectValue,
  stopping = new AbortController().signal,
): Promise<Applied> {
  const run = context(stopping);
  const applied = await applyIn(run, prior, config);
  await run.client.unconfirmed.confirmAll();
  return applied;
}

/** The same in a process that goes on, or is killed. */
export async function applyIn(
  run: Context<Proxmox>,
  prior: ObjectValue | null,
  config: ObjectValue,
): Promise<Applied> {
  const planned = (await planResult(prior, config)).planned;
  const { state, diagnostics = [] } =
    prior === null
      ? await QEMU.create({ planned, config }, run)
      : await QEMU.update({ prior, planned, config }, run);
  return { state, diagnostics };
}

export async function plan(prior: ObjectValue | null, config: ObjectValue): Promise<ObjectValue> {
  return (await planResult(prior, config)).planned;
}

/** A plan with what it says, made with what is in Proxmox in view where a context is given. */
export async function planResult(
  prior: ObjectValue | null,
  config: ObjectValue,
  run?: Context<Proxmox>,
): Promise<PlanResult> {
  const planned = planBlock(QEMU_SCHEMA.block, prior, config);
  return (await QEMU.plan?.({ prior, planned, config }, run)) ?? { planned };
}

/** An apply without a word of complaint, after which reading and planning again finds nothing to do. */
export async function applied(prior: ObjectValue | null, config: ObjectValue): Promise<ObjectValue> {
  const { state, diagnostics } = await apply(prior, config);
  expect(diagnostics).toEqual([]);
  const read = await QEMU.read({ state: state ?? {} }, context());
  expect(read).toEqual({ state, diagnostics: [] });
  expect(await plan(state, config)).toEqual(state);
  return state ?? {};
}

/** What operations of a new provider process are given. */
export function context(stopping = new AbortController().signal): Context<Proxmox> {
  return { client: new Proxmox(client, LOGGER), logger: LOGGER, stopping };
}

/** The VM as Proxmox has it. */
export function vmOf(vmid: number): VmSnapshot {
  const vm = simulator.vms().find((each) => each.vmid === vmid);
  if (vm === undefined) throw new Error(`there is no VM ${vmid}`);
  return vm;
}

/** What there is of a VM id: machines and volumes. */
export function traces(vmid: number): unknown[] {
  return [...simulator.vms(), ...simulator.volumes()].filter((each) => each.vmid === vmid);
}

/** Types of the tasks since a moment, oldest first, with how they ended. */
export function tasksSince(count: number): unknown[] {
  return simulator
    .tasks()
    .slice(count)
    .map(({ type, exitStatus }) => [type, exitStatus]);
}

/** Changes something behind the provider's back, and waits for the task where there is one. */
export async function meanwhile(
  method: "post" | "put" | "delete",
  path: string,
  parameters: Parameters = {},
): Promise<void> {
  const upid = await client[method]<string | null>(path, parameters);
  if (upid !== null) await ended(upid);
}

export async function ended(upid: string): Promise<void> {
  while (simulator.tasks().find((task) => task.upid === upid)?.exitStatus === undefined) {
    await client.get("/version");
  }
}
