import type { Clock } from "./clock";

/** What one VM's host last told the cluster of it. */
export interface BroadcastRow {
  readonly node: string;
  readonly row: Readonly<Record<string, unknown>>;
}

const NOTHING: ReadonlyMap<number, BroadcastRow> = new Map();

/** Seconds for which each process of the web server goes by what it last read. */
const VIEW_SECONDS = 2;

/** What one process of the web server goes by. */
interface View {
  readonly readSeconds: number;
  readonly rows: ReadonlyMap<number, BroadcastRow>;
}

/**
 * What the hosts last told the cluster: they do so every few seconds only, and until then it knows neither the name
 * nor the state of a new VM. Each process of the web server reads it anew at a moment of its own, so that a client
 * that meets now one and now the other sees rows go back and forth.
 */
export class Statistics {
  #rows = NOTHING;
  readonly #views = new Map<number, View>();

  /** @param clock counts the age of what a process has read */
  constructor(private readonly clock: Clock) {}

  /** Whether the hosts have told anything yet; until then the cluster does not know their own state either. */
  get isPublished(): boolean {
    return this.#rows !== NOTHING;
  }

  /** Replaces what is known. */
  publish(rows: ReadonlyMap<number, BroadcastRow>): void {
    this.#rows = rows;
  }

  /**
   * What a process of the web server knows of a VM, if it was on that node at the time.
   *
   * @param process its number
   */
  of(vmid: number, node: string, process: number): Readonly<Record<string, unknown>> | undefined {
    const known = this.#view(process).get(vmid);
    return known?.node === node ? known.row : undefined;
  }

  #view(process: number): ReadonlyMap<number, BroadcastRow> {
    const now = this.clock.now();
    const view = this.#views.get(process);
    if (view !== undefined && now - view.readSeconds < VIEW_SECONDS) return view.rows;
    this.#views.set(process, { readSeconds: now, rows: this.#rows });
    return this.#rows;
  }
}
