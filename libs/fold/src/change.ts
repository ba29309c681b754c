import type { PartyId } from '#libs/events';
import type { Belief } from './belief.ts';
import {
  isEstimated,
  keyOf,
  lineOf,
  NOTHING_UNKNOWN,
  STRANGER,
  type Company,
  type Holder,
  type Line,
  type LineKey,
} from './company.ts';
import { ofUnits, type Rational } from './exact.ts';
import { compareClasses } from './order.ts';
import { SortedMap } from './sorted-map.ts';
import type {
  Basis,
  ClaimStep,
  Day,
  Finding,
  FindingKind,
  Moment,
  Position,
  Purchase,
  Valuation,
} from './timeline.ts';

/** What the fold asks a belief beside the facts. */
export type Grounds = Pick<Belief, 'rates' | 'provenance'>;

/** What stands behind a posting or a membership (L2, L3, L5). */
export interface Feed {
  readonly basis: Basis;
  /** A qualifier of a used figure, `~`, or a currency conversion. */
  readonly estimated: boolean;
  readonly entries: readonly Position[];
}

/** What a day's facts did to a line: the entries behind it since it last began anew that day. */
export interface Touch {
  readonly key: LineKey;
  readonly entries: Set<Position>;
}

/**
 * One day of one company while its facts are folded. Holds a copy of the company, which changes
 * until the day is over and never after, and notes what the day's step will have to say. Units move
 * in register.ts alone.
 */
export class Change {
  readonly before: Company;
  readonly grounds: Grounds;
  readonly day: Day;
  readonly touched = new Map<string, Touch>();
  readonly findings = new Map<string, Finding>();
  readonly claims = new Map<string, ClaimStep>();
  /** Keys of comparisons that the day put in force. */
  readonly compared = new Set<string>();
  readonly valuations: Valuation[] = [];
  readonly purchases: Purchase[] = [];
  readonly #company: Company;
  #moment: Moment;

  constructor(before: Company, day: Day, grounds: Grounds) {
    this.before = before;
    this.grounds = grounds;
    this.day = day;
    this.#company = { ...before };
    this.#moment = { day, ordinal: 0 };
  }

  /** The company so far. */
  get company(): Company {
    return this.#company;
  }

  /** The fact being folded: the nth of its day. */
  get moment(): Moment {
    return this.#moment;
  }

  get isRegister(): boolean {
    return this.#company.register === 'recorded';
  }

  /** T (U1). */
  get total(): Rational {
    return ofUnits(this.#company.unitsInIssue);
  }

  get outstanding(): Rational {
    return ofUnits(this.#company.unitsOutstanding);
  }

  /** The next fact of the day begins. */
  begin(): void {
    this.#moment = { day: this.day, ordinal: this.#moment.ordinal + 1 };
    this.amend({ moment: this.#moment });
  }

  amend(changes: Partial<Company>): void {
    Object.assign(this.#company, changes);
  }

  /** A line, or what it would begin as: nothing fed it yet. */
  line(key: LineKey): Line {
    return lineOf(this.#company, key) ?? this.#fresh();
  }

  holder(id: PartyId): Holder {
    return this.#company.holders.get(id) ?? STRANGER;
  }

  /** An estimate changed T, so whatever is a fraction of T is estimated (L5). */
  estimateTotals(): void {
    this.amend({ estimatedSince: this.#moment });
  }

  isEstimated(line: Line): boolean {
    return isEstimated(this.#company, line);
  }

  setLine(key: LineKey, line: Line): void {
    const holder = this.holder(key.holder);
    this.setHolder(key.holder, { ...holder, lines: withLine(holder.lines, key.stockClass, line) });
  }

  setHolder(id: PartyId, holder: Holder): void {
    this.amend({ holders: this.#company.holders.set(id, holder) });
  }

  /** The day's step says this line again, because of these entries. */
  touch(key: LineKey, entries: readonly Position[] = []): void {
    const id = keyOf(key);
    const touch = this.touched.get(id) ?? { key, entries: new Set<Position>() };
    this.touched.set(id, touch);
    for (const entry of entries) touch.entries.add(entry);
  }

  /** The line begins anew: the entries that fed it before, today too, are no longer behind it (L3). */
  beginAnew(key: LineKey, line: Line, entries: readonly Position[]): void {
    this.setLine(key, line);
    this.touched.set(keyOf(key), { key, entries: new Set(entries) });
  }

  /** Every line ends, with all that stood behind it (U3). */
  clearLines(): void {
    for (const { entries } of this.touched.values()) entries.clear();
    for (const [holder, { lines }] of this.#company.holders.entries()) {
      for (const [stockClass] of lines) this.touch({ holder, stockClass });
    }
    this.amend({ holders: SortedMap.empty() });
  }

  find(kind: FindingKind, entries: readonly Position[]): void {
    const ascending = [...new Set(entries)].sort((a, b) => a - b);
    this.findings.set(`${kind} ${ascending.join(' ')}`, { kind, entries: ascending, ended: false });
  }

  #fresh(): Line {
    return {
      units: 0n,
      basis: 'recorded',
      estimated: false,
      disclosed: this.#company.opened,
      unknown: NOTHING_UNKNOWN,
    };
  }
}

function withLine(lines: Holder['lines'], stockClass: string | null, line: Line): Holder['lines'] {
  const at = lines.findIndex(([name]) => compareClasses(name, stockClass) >= 0);
  const entry = [stockClass, line] as const;
  if (at < 0) return [...lines, entry];
  return lines[at]?.[0] === stockClass ? lines.with(at, entry) : lines.toSpliced(at, 0, entry);
}
