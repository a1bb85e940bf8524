import type { IncomingMessage, ServerResponse } from "node:http";
import type { RequestRecord } from "../options/options";

/** How many requests are remembered. */
const CAPACITY = 10_000;

/** Remembers the last requests that were answered. */
export class RequestLog {
  readonly #records: RequestRecord[] = [];
  #count = 0;

  /** @param onRequest told of each request */
  constructor(private readonly onRequest: ((record: RequestRecord) => void) | undefined) {}

  /** How many requests were answered in all. */
  get count(): number {
    return this.#count;
  }

  /** The last requests, oldest first. */
  records(): RequestRecord[] {
    return [...this.#records];
  }

  /** Takes note of a request as soon as its answer is out. */
  watch(request: IncomingMessage, response: ServerResponse): void {
    const startMs = performance.now();
    const { method = "", url = "" } = request;
    response.once("finish", () => {
      const record = {
        method,
        path: url,
        status: response.statusCode,
        durationMs: performance.now() - startMs,
      };
      this.#count += 1;
      this.#records.push(record);
      if (this.#records.length > CAPACITY) this.#records.shift();
      this.onRequest?.(record);
    });
  }
}
