import { parsePartialDate } from '#libs/events';
import type { Day, Entry, Link } from '#libs/fold';
import { compareSteps, projectFailure } from '#libs/read-models';
import type { Step, StepChange } from '#libs/read-models';
import type { Evidence } from './evidence.ts';
import type { Follower } from './follower.ts';
import { isReadable } from './ledger-entry.ts';
import type { LedgerEntry } from './ledger-entry.ts';
import { partsOf } from './links.ts';
import { PartyFollower } from './party-follower.ts';
import { RateFollower } from './rate-follower.ts';
import type { Subject } from './subject.ts';

/** Yields wherever something must be fetched before it can go on. */
export type Task<Result> = Generator<undefined, Result>;

/** What to read from, and how far. */
export interface Reading {
  readonly evidence: Evidence;
  readonly upTo: number;
  /** Notes what bears a link asked for but comes later in the batch. */
  readonly later: Set<number>;
}

/**
 * What is believed of one subject, kept up entry by entry. Where its fold throws (a defect) nothing
 * is believed of the subject but that it failed, until an entry that it survives.
 */
export class SubjectFold {
  readonly subject: Subject;
  #follower: Follower;
  #failure: Step | null = null;
  /** True: its follower was interrupted and may say anything. */
  #isBroken = false;
  #asked: Link[] = [];
  #entryCount = 0;
  #readUpTo = 0;
  /** Links to the rates of its money. */
  readonly #pairs = new Set<Link>();
  #convertsUntil: Day | null = null;

  constructor(subject: Subject) {
    this.subject = subject;
    this.#follower = followerOf(subject);
  }

  get hasFailed(): boolean {
    return this.#failure !== null;
  }

  /** Roughly what it costs to keep. */
  get entryCount(): number {
    return this.#entryCount;
  }

  /** Links to the rates that it may need, and the last day on which; null: on none so far. */
  get rates(): { readonly pairs: ReadonlySet<Link>; readonly until: Day | null } {
    return { pairs: this.#pairs, until: this.#convertsUntil };
  }

  /** The links asked for since this was last called. */
  takeAsked(): readonly Link[] {
    const asked = this.#asked;
    this.#asked = [];
    return asked;
  }

  /** All rows that should be believed. */
  believed(): readonly Step[] {
    return this.#failure === null ? this.#follower.believed() : [this.#failure];
  }

  /** Reads all there is up to a position, from the beginning. */
  *start(reading: Reading): Task<void> {
    this.#follower = followerOf(this.subject);
    this.#entryCount = 0;
    this.#failure = null;
    this.#isBroken = false;
    try {
      yield* this.#absorb([], reading);
      this.#follower.settle();
    } catch (error) {
      this.#failure = projectFailure(this.subject.name, String(error));
    }
    this.#readUpTo = reading.upTo;
  }

  /** Reads what it was not told of, because it had no use for it: rates of later days. */
  *catchUp(reading: Reading): Task<void> {
    if (this.#failure !== null || this.#isBroken) return;
    const missed = yield* answer(this.#pairs, reading, this.#readUpTo);
    try {
      yield* this.#absorb(missed, reading);
      this.#readUpTo = reading.upTo;
    } catch {
      this.#isBroken = true;
    }
  }

  /** What one more entry changes; `reading` goes up to it. */
  *add(entry: LedgerEntry, reading: Reading): Task<StepChange> {
    if (this.#failure === null && !this.#isBroken) {
      try {
        yield* this.#absorb([entry], reading);
        this.#readUpTo = reading.upTo;
        return this.#follower.settle();
      } catch {
        // Whether the fold itself fails, folding anew tells: then the same again after a restart.
      }
    }
    const before = this.believed();
    yield* this.start(reading);
    return compareSteps(before, this.believed());
  }

  *#absorb(entries: readonly LedgerEntry[], reading: Reading): Task<void> {
    let fresh = entries;
    for (;;) {
      for (const entry of fresh) this.#note(entry);
      const links = this.#follower.add(fresh.map(claimOrThrow));
      for (const link of links) if (partsOf(link)[0] === 'pair') this.#pairs.add(link);
      this.#asked.push(...links);
      if (links.length === 0) return;
      fresh = yield* answer(links, reading, 0);
    }
  }

  #note(entry: LedgerEntry): void {
    this.#entryCount += 1;
    if (!isReadable(entry) || entry.claim.type !== 'round-closed') return;
    const { earliest } = parsePartialDate(entry.claim.data.closedOn);
    if (this.#convertsUntil === null || earliest > this.#convertsUntil) {
      this.#convertsUntil = earliest;
    }
  }
}

/** The entries after a position that bear any of these links, up to where is read. */
function* answer(
  links: Iterable<Link>,
  { evidence, upTo, later }: Reading,
  after: number,
): Task<LedgerEntry[]> {
  for (;;) {
    const found = new Map<number, LedgerEntry>();
    let isInHand = true;
    for (const link of links) {
      const positions = evidence.positionsOf(link);
      if (positions === undefined) isInHand = false;
      for (const position of positions ?? []) {
        if (position <= after) continue;
        if (position > upTo) {
          later.add(position);
          continue;
        }
        const entry = evidence.entryAt(position);
        if (entry === undefined) isInHand = false;
        else found.set(position, entry);
      }
    }
    if (isInHand) return [...found.values()];
    yield;
  }
}

function followerOf({ kind, name }: Subject): Follower {
  switch (kind) {
    case 'party':
      return new PartyFollower(name);
    case 'rate':
      return new RateFollower(name);
  }
}

function claimOrThrow(entry: LedgerEntry): Entry {
  if (isReadable(entry)) return entry;
  throw entry.error;
}
