import type { Logger } from "../logger";
import type { ApiClient } from "../proxmox/api-client";
import { ConnectionError } from "../proxmox/api-error";
import { listNodeVms } from "../proxmox/inventory";
import { READ_LIMIT_SECONDS, readThrough } from "../proxmox/persistence";
import { RecentAnswers } from "../proxmox/recent";
import {
  findVmConfig,
  isVmRunning,
  listClusterVms,
  printVmId,
  type ClusterVm,
  type VmConfig,
  type VmPlace,
} from "../proxmox/virtual-machine";
import { deadlineIn } from "../proxmox/waiting";
import { VmIds } from "./vm-ids";
import { UnconfirmedVms } from "./unconfirmed-vms";

/** How long a host that a read has given up on is not waited for again. */
const SILENCE_MS = 30_000;

/** Long enough for a refresh of hundreds of VMs to share one answer, short enough to be called the present. */
const SHARED_MS = 2000;

/**
 * The Proxmox that a provider is configured for, with what its operations share in one process: a refresh of many VMs
 * reads what it can for a whole node or cluster at a time.
 */
export class Proxmox {
  readonly unconfirmed: UnconfirmedVms;
  readonly vmIds = new VmIds();
  readonly #running: RecentAnswers<ReadonlyMap<number, boolean>>;
  readonly #clusterVms: RecentAnswers<readonly ClusterVm[]>;
  readonly #templates: RecentAnswers<VmConfig | undefined>;
  /** What the last read that was given up met with. */
  #silence: { readonly failure: ConnectionError; readonly untilMs: number } | undefined;

  constructor(
    readonly client: ApiClient,
    logger: Logger,
  ) {
    this.unconfirmed = new UnconfirmedVms(client, logger);
    this.#running = new RecentAnswers(SHARED_MS, async (node) => {
      const vms = await listNodeVms(client, node);
      return new Map(vms.map(({ vmid, status }) => [vmid, status === "running"]));
    });
    this.#clusterVms = new RecentAnswers(SHARED_MS, () => listClusterVms(client));
    this.#templates = new RecentAnswers(SHARED_MS, (id) => {
      const [node = "", vmid] = id.split("/");
      return findVmConfig(client, { node, vmid: Number(vmid) });
    });
  }

  /**
   * Reads something, again where it did not get through. A host that cannot be reached is waited for once and not for
   * each of a refresh's VMs: for half a minute after it was given up other reads fail at once, in the same way.
   *
   * @param what is read, for the log
   * @throws what reading threw, where that is a verdict or the time for it has passed
   */
  async read<T>(
    what: string,
    { logger, stopping }: { readonly logger: Logger; readonly stopping: AbortSignal },
    look: () => Promise<T>,
  ): Promise<T> {
    if (this.#silence !== undefined && Date.now() < this.#silence.untilMs) throw this.#silence.failure;
    try {
      const found = await readThrough(what, deadlineIn(READ_LIMIT_SECONDS, stopping), logger, look);
      this.#silence = undefined;
      return found;
    } catch (error) {
      if (error instanceof ConnectionError) {
        this.#silence = { failure: error, untilMs: Date.now() + SILENCE_MS };
      }
      throw error;
    }
  }

  /**
   * Whether a VM runs. Its node is asked, which looks at the processes; the cluster's list is up to ten seconds old.
   *
   * @throws ApiError, ConnectionError
   */
  async isRunning(place: VmPlace): Promise<boolean> {
    const listed = (await this.#running.get(place.node)).get(place.vmid);
    return listed ?? (await isVmRunning(this.client, place));
  }

  /**
   * The pool that a VM is in, as far as the token may see pools.
   *
   * @throws ApiError, ConnectionError
   */
  async poolOf(vmid: number): Promise<string | undefined> {
    return (await this.listVms()).find((row) => row.vmid === vmid)?.pool;
  }

  /**
   * Every VM and container that the token may see; seconds old at most.
   *
   * @throws ApiError, ConnectionError
   */
  async listVms(): Promise<readonly ClusterVm[]> {
    return await this.#clusterVms.get("");
  }

  /**
   * The configuration of a template; seconds old at most.
   *
   * @returns undefined where there is no such VM
   * @throws ApiError, ConnectionError
   */
  async templateConfig(template: VmPlace): Promise<VmConfig | undefined> {
    return await this.#templates.get(printVmId(template));
  }

  /** VMs were made, removed, started, stopped or moved: what was read of them is out of date. */
  forget(): void {
    this.#running.forget();
    this.#clusterVms.forget();
  }

  /** Ends what is still to be done when Terraform is done with the provider. */
  async close(): Promise<void> {
    await this.unconfirmed.confirmAll();
    this.client.close();
  }
}
