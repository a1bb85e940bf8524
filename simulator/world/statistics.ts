/** What one VM's host last told the cluster of it. */
export interface BroadcastRow {
  readonly node: string;
  readonly row: Readonly<Record<string, unknown>>;
}

/**
 * What the hosts last told the cluster: they do so every few seconds only, and until then it knows neither the name
 * nor the state of a new VM.
 */
export class Statistics {
  #rows: ReadonlyMap<number, BroadcastRow> = new Map();

  /** Replaces what is known. */
  publish(rows: ReadonlyMap<number, BroadcastRow>): void {
    this.#rows = rows;
  }

  /** What is known of a VM, if it was on that node at the time. */
  of(vmid: number, node: string): Readonly<Record<string, unknown>> | undefined {
    const known = this.#rows.get(vmid);
    return known?.node === node ? known.row : undefined;
  }
}
