import { Clock, Interrupted } from "../../../simulator/world/clock";

describe("Clock", () => {
  const clocks: Clock[] = [];
  const makeClock = (speed: number): Clock => {
    const clock = new Clock(speed);
    clocks.push(clock);
    return clock;
  };
  afterEach(() => {
    for (const clock of clocks.splice(0)) clock.close();
  });

  test("wakes sleepers in the order of their simulated time, however late they are", async () => {
    const clock = makeClock(1e6);
    const order: string[] = [];
    const chain = async (): Promise<void> => {
      for (const step of ["2 s", "4 s", "6 s"]) {
        await clock.sleep(2);
        order.push(step);
      }
    };
    await Promise.all([
      chain(),
      clock.sleep(5).then(() => order.push("5 s")),
      clock.sleep(3).then(() => order.push("3 s")),
    ]);
    expect(order).toEqual(["2 s", "3 s", "4 s", "5 s", "6 s"]);
  });

  test("lets a sleeper see exactly the time that it slept", async () => {
    const clock = makeClock(1e6);
    await clock.sleep(1);
    const before = clock.now();
    await clock.sleep(14);
    expect(clock.now() - before).toBeCloseTo(14, 6);
  });

  test("runs no faster than it is told to", async () => {
    const clock = makeClock(1000);
    const startMs = performance.now();
    await clock.sleep(20);
    expect(performance.now() - startMs).toBeGreaterThanOrEqual(19);
  });

  test("ends a sleep when its signal is aborted, before or while it sleeps", async () => {
    const clock = makeClock(1);
    const abort = new AbortController();
    const sleeping = clock.sleep(1000, abort.signal);
    abort.abort();
    await expect(sleeping).rejects.toThrow(Interrupted);
    await expect(clock.sleep(1000, abort.signal)).rejects.toThrow(Interrupted);
  });

  test("stands still until it is moved, and rings in order on the way", async () => {
    const clock = makeClock(0);
    const rung: string[] = [];
    clock.after(5, () => rung.push(`5 s at ${clock.now()}`));
    clock.after(2, () => rung.push(`2 s at ${clock.now()}`));
    clock.after(90, () => rung.push("90 s"));
    await clock.advance(1);
    expect([rung, clock.now()]).toEqual([[], 1]);
    expect(await clock.step()).toBe(true);
    await clock.advance(3.5);
    expect([rung, clock.now()]).toEqual([["2 s at 2", "5 s at 5"], 5.5]);
    expect([await clock.step(), await clock.step()]).toEqual([true, false]);
  });

  test("rings no alarm that was cancelled", async () => {
    const clock = makeClock(1e6);
    const rung: string[] = [];
    const cancel = clock.after(1, () => rung.push("cancelled"));
    clock.after(2, () => rung.push("kept"));
    cancel();
    await clock.sleep(3);
    expect(rung).toEqual(["kept"]);
  });
});
