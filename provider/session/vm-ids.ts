/** Terraform plans a VM again right before it has it made. A clone to an id that was taken in between fails by itself. */
const FREE_MS = 5000;

/** VM ids as this process has met them, for what only a look across resources can tell. */
export class VmIds {
  readonly #inState = new Set<number>();
  readonly #planned = new Map<number, string>();
  readonly #claimed = new Set<number>();
  readonly #freeSinceMs = new Map<number, number>();

  /** A VM of that id is in Terraform's state: that its id is taken is no news. */
  noteInState(vmid: number): void {
    this.#inState.add(vmid);
  }

  /** Whether the state holds a VM of that id, and this process has not removed it or found it gone. */
  isInState(vmid: number): boolean {
    return this.#inState.has(vmid);
  }

  /**
   * Takes note of a VM that is to be made.
   *
   * @returns the name of another VM that is to be made with the same id
   */
  notePlanned(vmid: number, name: string): string | undefined {
    const other = this.#planned.get(vmid);
    if (other !== undefined && other !== name) return other;
    this.#planned.set(vmid, name);
    return undefined;
  }

  /** Claims an id for a VM to be made; `false` where another resource of this run has it. */
  claim(vmid: number): boolean {
    if (this.#claimed.has(vmid)) return false;
    this.#claimed.add(vmid);
    return true;
  }

  /** The VM was not made. */
  release(vmid: number): void {
    this.#claimed.delete(vmid);
  }

  /** The id was found free just now. */
  noteFree(vmid: number): void {
    this.#freeSinceMs.set(vmid, Date.now());
  }

  /** Whether the id was found free a moment ago. Says so once: whoever acts on it has to look anew after that. */
  takeFree(vmid: number): boolean {
    const sinceMs = this.#freeSinceMs.get(vmid);
    this.#freeSinceMs.delete(vmid);
    return sinceMs !== undefined && Date.now() - sinceMs < FREE_MS;
  }

  /** The VM is gone. */
  noteGone(vmid: number): void {
    this.#claimed.delete(vmid);
    this.#inState.delete(vmid);
  }
}
