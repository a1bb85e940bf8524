/** Lets so much work be done at a time; more waits for its turn, in the order it came. */
export class Turns {
  readonly #waiting: (() => void)[] = [];
  #free: number;

  /** @param atATime how much */
  constructor(atATime: number) {
    this.#free = atATime;
  }

  /** @throws what `work` throws; the turn passes on then as well */
  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    }
  }
}
