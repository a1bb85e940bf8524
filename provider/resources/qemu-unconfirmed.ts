import type { Logger } from "../logger";
import type { ApiClient } from "../proxmox/api-client";
import { describeVm, findVmConfig, type VmPlace } from "../proxmox/virtual-machine";
import { describedAs } from "./qemu-mark";

/**
 * VMs that were made and reported, but may not be in Terraform's state yet: their marks stay until Terraform is done with
 * this provider, which is when it writes its state for good. What is left then is taken off when the VM is next read
 * from state.
 */
export class UnconfirmedVms {
  readonly #places: VmPlace[] = [];

  constructor(
    private readonly client: ApiClient,
    private readonly logger: Logger,
  ) {}

  /** Takes note of a VM that was made. */
  add(place: VmPlace): void {
    this.#places.push(place);
  }

  /** Takes all marks off. */
  async confirmAll(): Promise<void> {
    await Promise.all(this.#places.splice(0).map((place) => this.confirm(place)));
  }

  /** Takes a VM's mark off; answers what kept it from that. The next read tries again. */
  async confirm(place: VmPlace): Promise<unknown> {
    try {
      const config = await findVmConfig(this.client, place);
      if (config === undefined) return undefined;
      const { text, signature } = describedAs(config);
      if (signature === undefined) return undefined;
      await describeVm(this.client, place, text, config);
      return undefined;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.logger.info("the mark of a VM that was made stays for now", { vmid: place.vmid, error: message });
      return error;
    }
  }
}
