/** Long enough for a refresh of hundreds of VMs to share one answer, short enough to be called the present. */
const MAX_AGE_MS = 2000;

interface Answer<T> {
  readonly askedMs: number;
  readonly value: Promise<T>;
}

/** Answers that many ask for at the same time: each is asked for once and shared for two seconds. */
export class RecentAnswers<T> {
  readonly #answers = new Map<string, Answer<T>>();

  /** @param ask gets the answer for a key */
  constructor(private readonly ask: (key: string) => Promise<T>) {}

  /** @throws what `ask` throws; a failure is not kept */
  async get(key: string): Promise<T> {
    const known = this.#answers.get(key);
    if (known !== undefined && Date.now() - known.askedMs < MAX_AGE_MS) return await known.value;
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
