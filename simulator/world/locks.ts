import { failure } from "../schema/api-error";
import { type Clock, interruption } from "./clock";
import type { TaskHandle } from "./tasks";

/** `shared` locks may be held together, an `exclusive` lock only alone. */
export type LockMode = "shared" | "exclusive";

interface Waiter {
  readonly mode: LockMode;
  readonly grant: () => void;
}

interface LockFile {
  shared: number;
  exclusive: boolean;
  waiters: Waiter[];
}

/** How a lock is asked for. */
export interface LockRequest {
  readonly mode: LockMode;
  /** Simulated seconds to wait before giving up. */
  readonly timeoutSeconds: number;
  /** What giving up says. @default `can't lock file 'PATH' - got timeout` */
  readonly timeoutText?: string;
  /** The task that asks: its log shows the wait, and stopping it ends the wait. @default - a call that is answered at once */
  readonly task?: Pick<TaskHandle, "log" | "signal">;
}

/**
 * Advisory locks on files, as Proxmox VE takes them around everything that changes a VM or a storage.
 * They are no part of a VM's configuration: the `lock` key there is another thing.
 */
export class FileLocks {
  readonly #files = new Map<string, LockFile>();

  /** @param clock counts the time limits */
  constructor(private readonly clock: Clock) {}

  /**
   * Runs the action while holding the lock.
   *
   * @param path of the lock file, as it stands in the error text
   * @throws ApiError 500 `can't lock file 'PATH' - got timeout`
   * @throws Interrupted, or WorkerKilled, when the task is stopped while it waits
   */
  async hold<T>(path: string, request: LockRequest, action: () => Promise<T> | T): Promise<T> {
    const file = this.#file(path);
    await this.#acquire(path, file, request);
    try {
      return await action();
    } finally {
      this.#release(path, file, request.mode);
    }
  }

  #file(path: string): LockFile {
    const known = this.#files.get(path);
    if (known !== undefined) return known;
    const file: LockFile = { shared: 0, exclusive: false, waiters: [] };
    this.#files.set(path, file);
    return file;
  }

  #acquire(path: string, file: LockFile, request: LockRequest): Promise<void> {
    if (tryTake(file, request.mode)) return Promise.resolve();
    const { task } = request;
    task?.log("trying to acquire lock...");
    return new Promise((resolve, reject) => {
      const giveUp = (reason: Error): void => {
        file.waiters = file.waiters.filter((other) => other !== waiter);
        stopWaiting();
        reject(reason);
      };
      const interrupt = (): void => {
        if (task !== undefined) giveUp(interruption(task.signal));
      };
      const cancelLimit = this.clock.after(request.timeoutSeconds, () => {
        giveUp(failure(request.timeoutText ?? `can't lock file '${path}' - got timeout`));
      });
      const stopWaiting = (): void => {
        cancelLimit();
        task?.signal.removeEventListener("abort", interrupt);
      };
      const waiter: Waiter = {
        mode: request.mode,
        grant: () => {
          stopWaiting();
          task?.log(" OK");
          resolve();
        },
      };
      task?.signal.addEventListener("abort", interrupt, { once: true });
      file.waiters.push(waiter);
    });
  }

  #release(path: string, file: LockFile, mode: LockMode): void {
    if (mode === "exclusive") file.exclusive = false;
    else file.shared -= 1;
    file.waiters = file.waiters.filter((waiter) => {
      if (!tryTake(file, waiter.mode)) return true;
      waiter.grant();
      return false;
    });
    if (!file.exclusive && file.shared === 0 && file.waiters.length === 0) this.#files.delete(path);
  }
}

function tryTake(file: LockFile, mode: LockMode): boolean {
  if (file.exclusive || (mode === "exclusive" && file.shared > 0)) return false;
  if (mode === "exclusive") file.exclusive = true;
  else file.shared += 1;
  return true;
}
