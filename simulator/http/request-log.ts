import type { IncomingMessage, ServerResponse } from "node:http";
import type { RequestRecord } from "../options/options";

/** How many requests are remembered. */
const CAPACITY = 10_000;

/** Remembers the last requests. */
export class RequestLog {
  readonly #records: RequestRecord[] = [];
  #count = 0;

  /** @param onRequest told of each request */
  constructor(private readonly onRequest: ((record: RequestRecord) => void) | undefined) {}

  /** How many requests there were in all. */
  get count(): number {
    return this.#count;
  }

  /** The last requests, oldest first. */
  records(): RequestRecord[] {
    return [...this.#records];
  }

  /** Takes note of a request as soon as its answer is out, or its connection gone. */
  watch(request: IncomingMessage, response: ServerResponse): void {
    const startMs = performance.now();
    const { method = "", url = "" } = request;
    const remember = (status: number): void => {
      const record = { method, path: url, status, durationMs: performance.now() - startMs };
      this.#count += 1;
      this.#records.push(record);
      if (this.#records.length > CAPACITY) this.#records.shift();
      this.onRequest?.(record);
    };
    response.once("finish", () => {
      remember(response.statusCode);
    });
    response.once("close", () => {
      if (!response.writableFinished) remember(0);
    });
  }
}
