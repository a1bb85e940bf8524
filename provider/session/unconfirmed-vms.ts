import type { Logger } from "../logger";
import type { ApiClient } from "../proxmox/api-client";
import { ApiError } from "../proxmox/api-error";
import { describeVm, findVmConfig, type VmConfig, type VmPlace } from "../proxmox/virtual-machine";
import { describedAs } from "./mark";

/**
 * VMs that were made and reported, but may not be in Terraform's state yet: their marks stay until Terraform is done with
 * this provider, which is when it writes its state for good. What is left then is taken off when the VM is next read
 * from state.
 */
export class UnconfirmedVms {
  readonly #vms: { readonly place: VmPlace; readonly config: VmConfig }[] = [];

  constructor(
    private readonly client: ApiClient,
    private readonly logger: Logger,
  ) {}

  /** Takes note of a VM that was made, and of its configuration as it was last read. */
  add(place: VmPlace, config: VmConfig): void {
    this.#vms.push({ place, config });
  }

  /** Takes all marks off. */
  async confirmAll(): Promise<void> {
    await Promise.all(this.#vms.splice(0).map(({ place, config }) => this.confirm(place, config)));
  }

  /**
   * Takes a VM's mark off; answers what kept it from that. The next read tries again.
   *
   * @param known its configuration as it was read before; where it has changed since, it is read again
   */
  async confirm(place: VmPlace, known?: VmConfig): Promise<unknown> {
    try {
      const config = known ?? (await findVmConfig(this.client, place));
      if (config === undefined) return undefined;
      const { text, signature } = describedAs(config);
      if (signature === undefined) return undefined;
      await describeVm(this.client, place, text, config);
      return undefined;
    } catch (error) {
      if (known !== undefined && error instanceof ApiError) return await this.confirm(place);
      const message = error instanceof Error ? error.message : String(error);
      this.logger.info("the mark of a VM that was made stays for now", { vmid: place.vmid, error: message });
      return error;
    }
  }
}
