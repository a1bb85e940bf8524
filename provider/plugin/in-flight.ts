import { AsyncLocalStorage } from "node:async_hooks";
import type { Logger } from "../logger";

/** One call under way. */
interface Call {
  /** Ends the call with an error. */
  readonly fail: (error: unknown) => void;
  /** Promises that were rejected with nobody listening, while the call itself went on. */
  readonly strays: unknown[];
}

const calls = new AsyncLocalStorage<Call>();

/**
 * Runs a call so that what goes wrong beside its own promise is known to be its own: an exception out of a timer or an
 * event listener ends it (nothing else would), a rejected promise that nobody awaits is handed to `onStray`.
 */
export async function runCall<T>(
  call: () => Promise<T> | T,
  onStray: (error: unknown, result: T) => T,
): Promise<T> {
  const strays: unknown[] = [];
  const result = await new Promise<T>((resolve, reject) => {
    calls.run({ fail: reject, strays }, () => {
      void (async () => call())().then(resolve, reject);
    });
  });
  return strays.reduce((answer: T, stray) => onStray(stray, answer), result);
}

/** Keeps the process alive through errors that nobody caught; each is logged, and told to the call it belongs to. */
export function catchStrayErrors(logger: Logger): void {
  const log = (kind: string, error: unknown): void => {
    logger.error(kind, { error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  };
  process.on("uncaughtException", (error) => {
    log("exception that nobody caught", error);
    calls.getStore()?.fail(error);
  });
  process.on("unhandledRejection", (reason) => {
    log("rejected promise that nobody awaited", reason);
    calls.getStore()?.strays.push(reason);
  });
}
