interface Answer<T> {
  readonly askedMs: number;
  readonly value: Promise<T>;
}

/** Answers that many ask for at the same time: each is asked for once and shared for a while. */
export class RecentAnswers<T> {
  readonly #answers = new Map<string, Answer<T>>();

  /**
   * @param maxAgeMs for how long an answer is shared, from the moment it was asked for
   * @param ask gets the answer for a key
   */
  constructor(
    private readonly maxAgeMs: number,
    private readonly ask: (key: string) => Promise<T>,
  ) {}

  /** @throws what `ask` throws; a failure is not kept */
  async get(key: string): Promise<T> {
    const known = this.#answers.get(key);
    if (known !== undefined && Date.now() - known.askedMs < this.maxAgeMs) return await known.value;
    const answer = { askedMs: Date.now(), value: this.ask(key) };
    this.#answers.set(key, answer);
    try {
      return await answer.value;
    } catch (error) {
      if (this.#answers.get(key) === answer) this.#answers.delete(key);
      throw error;
    }
  }

  /** What is known is out of date. */
  forget(): void {
    this.#answers.clear();
  }
}
