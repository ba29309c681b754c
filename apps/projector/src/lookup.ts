/**
 * A question that many ask at once. Who asks what is not in hand is answered with undefined; `fetch`
 * then looks up all of that together, and the asker asks again.
 */
export class Lookup<Asked, Answer> {
  readonly #nameOf: (asked: Asked) => string;
  readonly #fetchAll: (asked: readonly Asked[]) => Promise<readonly Answer[]>;
  readonly #answers = new Map<string, Answer>();
  readonly #missing = new Map<string, Asked>();

  /** @param fetchAll answers in the order of what is asked */
  constructor(
    nameOf: (asked: Asked) => string,
    fetchAll: (asked: readonly Asked[]) => Promise<readonly Answer[]>,
  ) {
    this.#nameOf = nameOf;
    this.#fetchAll = fetchAll;
  }

  ask(asked: Asked): Answer | undefined {
    const name = this.#nameOf(asked);
    const answer = this.#answers.get(name);
    if (answer === undefined) this.#missing.set(name, asked);
    return answer;
  }

  /** Puts an answer in hand that need not be looked up. */
  tell(asked: Asked, answer: Answer): void {
    this.#answers.set(this.#nameOf(asked), answer);
  }

  /** False: nothing was missing. */
  async fetch(): Promise<boolean> {
    if (this.#missing.size === 0) return false;
    const asked = [...this.#missing.values()];
    this.#missing.clear();
    const answers = await this.#fetchAll(asked);
    asked.forEach((each, index) => {
      const answer = answers[index];
      if (answer === undefined) throw new Error(`Nothing answers ${this.#nameOf(each)}.`);
      this.tell(each, answer);
    });
    return true;
  }
}
