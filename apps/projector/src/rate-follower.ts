import { believe } from '#libs/fold';
import type { Entry, Link } from '#libs/fold';
import { compareSteps, projectRates } from '#libs/read-models';
import type { Step, StepChange } from '#libs/read-models';
import type { Follower } from './follower.ts';
import { linkToRemovers } from './links.ts';

/** The claims on the rate of two currencies on one day, and what may remove one of them. */
export class RateFollower implements Follower {
  readonly #key: Link;
  readonly #entries = new Map<number, Entry>();
  #hasAsked = false;
  #believed: Step[] = [];

  /** @param name the rates' business key */
  constructor(name: string) {
    this.#key = `rate:${name}`;
  }

  add(entries: readonly Entry[]): readonly Link[] {
    const fresh = entries.filter(({ position }) => !this.#entries.has(position));
    for (const entry of fresh) this.#entries.set(entry.position, entry);
    const first = this.#hasAsked ? [] : [this.#key];
    this.#hasAsked = true;
    return [...first, ...fresh.map(({ claim }) => linkToRemovers(claim))];
  }

  settle(): StepChange {
    const before = this.#believed;
    this.#believed = projectRates(believe(this.#entries.values()));
    return compareSteps(before, this.#believed);
  }

  believed(): Step[] {
    return this.#believed;
  }
}
