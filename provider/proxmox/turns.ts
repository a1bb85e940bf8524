interface Waiting {
  readonly begin: () => void;
  readonly fail: (error: unknown) => void;
}

/** Lets so much work be done at a time; more waits for its turn, in the order it came. */
export class Turns {
  readonly #waiting: Waiting[] = [];
  #free: number;

  /** @param atATime how much */
  constructor(atATime: number) {
    this.#free = atATime;
  }

  /**
   * @param isOfAll whether what `work` throws holds for what waits as well: it fails then with the same
   * @throws what `work` throws, or what came first of what others threw that holds for all
   */
  async take<T>(work: () => Promise<T>, isOfAll: (error: unknown) => boolean): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((begin, fail) => this.#waiting.push({ begin, fail }));
    try {
      return await work();
    } catch (error) {
      if (isOfAll(error)) for (const { fail } of this.#waiting.splice(0)) fail(error);
      throw error;
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next.begin();
    }
  }
}
