import { AsyncLocalStorage } from "node:async_hooks";
import type { Logger } from "../logger";

/** One call under way. */
interface Call {
  /** Ends the call with an error. */
  readonly fail: (error: unknown) => void;
  /** Promises that were rejected with nobody listening, while the call itself went on. */
  readonly strays: unknown[];
}

/** Whether a call changes what the provider manages. */
export type CallKind = "reading" | "changing";

/**
 * The changing call that runs. What goes wrong beside its promise ends it alone, for a change that is given up half-way costs
 * its user a VM. To follow a call like this slows all promises of the process down from then on, so that those that only read
 * are not.
 */
const changing = new AsyncLocalStorage<Call>();

/**
 * Those that can be repeated: what goes wrong beside their promises may be each one's. Of work that calls share, such as an
 * answer that several wait for, it is known to be whose call began it at best.
 */
const reading = new Set<Call>();

/**
 * Runs a call so that what goes wrong beside its own promise is not left waiting for: an exception out of a timer or an event
 * listener ends it (nothing else would), a rejected promise that nobody awaits is handed to `onStray`.
 */
export async function runCall<T>(
  kind: CallKind,
  call: () => Promise<T> | T,
  onStray: (error: unknown, result: T) => T,
): Promise<T> {
  const strays: unknown[] = [];
  let fail: Call["fail"] = () => undefined;
  const failed = new Promise<never>((_, reject) => (fail = reject));
  const begun: Call = { fail, strays };
  const begin = async (): Promise<T> => call();
  try {
    if (kind === "reading") reading.add(begun);
    const running = kind === "reading" ? begin() : changing.run(begun, begin);
    const result = await Promise.race([running, failed]);
    return strays.reduce((answer: T, stray) => onStray(stray, answer), result);
  } finally {
    reading.delete(begun);
  }
}

/** Whom something that went wrong beside all promises belongs to, as far as can be told. */
function concerned(): readonly Call[] {
  const call = changing.getStore();
  return call === undefined ? [...reading] : [call];
}

/** Keeps the process alive through errors that nobody caught; each is logged, and told to the calls it may belong to. */
export function catchStrayErrors(logger: Logger): void {
  const log = (kind: string, error: unknown): void => {
    logger.error(kind, { error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  };
  process.on("uncaughtException", (error) => {
    log("exception that nobody caught", error);
    for (const call of concerned()) call.fail(error);
  });
  process.on("unhandledRejection", (reason) => {
    log("rejected promise that nobody awaited", reason);
    for (const call of concerned()) call.strays.push(reason);
  });
}
