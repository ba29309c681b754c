/** A seeded source of choices: the same seed makes the same choices on every machine. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** mulberry32, by Tommy Ettinger (public domain). */
  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  below(bound: number): number {
    return Math.floor(this.#next() * bound);
  }

  /** True so many times in a hundred. */
  percent(often: number): boolean {
    return this.#next() * 100 < often;
  }

  pick<T>(all: readonly T[]): T {
    const picked = all[this.below(all.length)];
    if (picked === undefined) throw new Error('nothing to pick from');
    return picked;
  }

  /** One of the keys, as often as its weight says. */
  weighed<T extends string>(weights: Readonly<Record<T, number>>): T {
    const keys = Object.keys(weights) as T[];
    let at = this.#next() * keys.reduce((sum, key) => sum + weights[key], 0);
    for (const key of keys) {
      at -= weights[key];
      if (at < 0) return key;
    }
    throw new Error('no weights');
  }

  /** `{[field]: value}` so many times in a hundred, else nothing. */
  maybe<F extends string, V>(often: number, field: F, value: () => V): { [K in F]?: V } {
    return this.percent(often) ? ({ [field]: value() } as { [K in F]?: V }) : {};
  }
}
