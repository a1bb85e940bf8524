import { Turns } from "../../../provider/proxmox/turns";

/** Work that goes on until it is told how it ends. */
class Work {
  isBegun = false;
  end: (error?: Error) => void = () => undefined;

  readonly run = (): Promise<string> => {
    this.isBegun = true;
    return new Promise((resolve, reject) => {
      this.end = (error) => {
        if (error === undefined) resolve("done");
        else reject(error);
      };
    });
  };
}

function begun(works: readonly Work[]): boolean[] {
  return works.map(({ isBegun }) => isBegun);
}

const never = (): boolean => false;

test("so much is done at a time, and what came first is next, whatever became of the last", async () => {
  const turns = new Turns(2);
  const works = Array.from({ length: 5 }, () => new Work());
  const [first, second, third, fourth, fifth] = works.map(({ run }) => turns.take(run, never));
  expect(begun(works)).toEqual([true, true, false, false, false]);
  works[1]?.end();
  await expect(second).resolves.toBe("done");
  expect(begun(works)).toEqual([true, true, true, false, false]);
  works[0]?.end(new Error("in vain"));
  await expect(first).rejects.toThrow("in vain");
  expect(begun(works)).toEqual([true, true, true, true, false]);
  works[2]?.end();
  works[3]?.end();
  await Promise.all([third, fourth]);
  works[4]?.end();
  await fifth;
  const later = [new Work(), new Work(), new Work()];
  const taken = later.map(({ run }) => turns.take(run, never));
  expect(begun(later)).toEqual([true, true, false]);
  for (const [index, work] of later.entries()) {
    work.end();
    await taken[index];
  }
});

test("what fails for all fails for what waits, not for what is being done, and turns go on", async () => {
  const turns = new Turns(2);
  const works = Array.from({ length: 4 }, () => new Work());
  const taken = works.map(({ run }) => turns.take(run, (error) => String(error) === "Error: of all"));
  const ends = Promise.allSettled(taken);
  works[0]?.end(new Error("of all"));
  await expect(taken[3]).rejects.toThrow("of all");
  works[1]?.end();
  expect((await ends).map(({ status }) => status)).toEqual(["rejected", "fulfilled", "rejected", "rejected"]);
  expect(begun(works)).toEqual([true, true, false, false]);
  const later = [new Work(), new Work(), new Work()];
  for (const { run } of later) void turns.take(run, never);
  expect(begun(later)).toEqual([true, true, false]);
});
