import { Clock } from "../../../simulator/world/clock";
import { FileLocks, type LockMode } from "../../../simulator/world/locks";

describe("FileLocks", () => {
  let clock: Clock;
  let locks: FileLocks;
  beforeEach(() => {
    clock = new Clock(1e5);
    locks = new FileLocks(clock);
  });
  afterEach(() => {
    clock.close();
  });

  const hold = (mode: LockMode, seconds: number, timeoutSeconds = 10): Promise<number> =>
    locks.hold("/lock", { mode, timeoutSeconds }, async () => {
      const start = clock.now();
      await clock.sleep(seconds);
      return start;
    });

  test("lets shared holders in together and keeps an exclusive one out until all are gone", async () => {
    const [first, second, exclusive] = await Promise.all([
      hold("shared", 5),
      hold("shared", 5),
      hold("exclusive", 1),
    ]);
    expect(second - first).toBeLessThan(4);
    expect(exclusive - first).toBeGreaterThanOrEqual(5 - 1e-6);
  });

  test("gives up after the time limit with the server's text", async () => {
    const holder = hold("exclusive", 30);
    await expect(hold("exclusive", 1)).rejects.toThrow("can't lock file '/lock' - got timeout");
    await holder;
    await expect(hold("exclusive", 1)).resolves.toBeGreaterThan(0);
  });

  test("is free again after what it guarded has failed", async () => {
    const failing = locks.hold("/lock", { mode: "exclusive", timeoutSeconds: 1 }, () => {
      throw new Error("inside");
    });
    await expect(failing).rejects.toThrow("inside");
    await expect(hold("exclusive", 0)).resolves.toBeGreaterThanOrEqual(0);
  });

  test("shows in the log of a task that it had to wait, and stops waiting with the task", async () => {
    const lines: string[] = [];
    const abort = new AbortController();
    const task = { log: (line: string) => lines.push(line), signal: abort.signal };
    const holder = hold("exclusive", 5);
    await locks.hold("/lock", { mode: "exclusive", timeoutSeconds: 10, task }, () => undefined);
    expect(lines).toEqual(["trying to acquire lock...", " OK"]);
    await holder;
    const long = hold("exclusive", 50);
    const waiting = locks.hold("/lock", { mode: "exclusive", timeoutSeconds: 100, task }, () => undefined);
    abort.abort();
    await expect(waiting).rejects.toThrow("received interrupt");
    await long;
  });
});
