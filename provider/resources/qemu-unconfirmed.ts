import type { Logger } from "../logger";
import type { ApiClient } from "../proxmox/api-client";
import { findVmConfig, updateVmConfig, type VmPlace } from "../proxmox/virtual-machine";
import { describedAs } from "./qemu-mark";

/** Terraform writes a remote state every 20 s while it works; until then a kill loses what was reported. */
const CONFIRM_AFTER_MS = 30_000;

/**
 * VMs that were made and reported, but may not be in Terraform's state yet: their marks stay for a while, or until
 * Terraform is done with this provider. What is left then is taken off when the VM is next read from state.
 */
export class UnconfirmedVms {
  readonly #timers = new Map<VmPlace, NodeJS.Timeout>();

  constructor(
    private readonly client: ApiClient,
    private readonly logger: Logger,
  ) {}

  /** Takes a VM's mark off after a while. */
  confirmLater(place: VmPlace): void {
    const timer = setTimeout(() => {
      this.#timers.delete(place);
      void this.confirm(place);
    }, CONFIRM_AFTER_MS);
    this.#timers.set(place, timer.unref());
  }

  /** Takes all marks off now. */
  async confirmAll(): Promise<void> {
    const places = [...this.#timers.keys()];
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    await Promise.all(places.map((place) => this.confirm(place)));
  }

  /** Takes a VM's mark off. That it cannot be done harms nobody, and the next read tries again: it never fails. */
  async confirm(place: VmPlace): Promise<void> {
    try {
      const config = await findVmConfig(this.client, place);
      if (config === undefined) return;
      const { text, signature } = describedAs(config);
      if (signature === undefined) return;
      const change = text === "" ? { delete: "description" } : { description: text };
      await updateVmConfig(this.client, place, change, config);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.logger.info("the mark of a VM that was made stays for now", { vmid: place.vmid, error: message });
    }
  }
}
