import type { Believed } from './believe.ts';
import type { Relation } from './claims.ts';
import { UNDISCLOSED, byBytes, isOptionClass } from './claims.ts';
import type { Finding, FindingKind } from './finding.ts';
import { ascending } from './finding.ts';
import type { Fraction, Units } from './fraction.ts';
import { units } from './fraction.ts';
import type { Grounds } from './grounds.ts';

/** L2, strongest first. */
export type Basis = 'recorded' | 'disclosed' | 'implied' | 'undisclosed';

/** Something that fed a line: a posting, or a membership or unknown stake (which has no basis of its own). */
interface Feed {
  readonly entries: ReadonlySet<number>;
  readonly estimated: boolean;
  readonly basis: Basis | null;
}

/** U1: "a posting moves units between accounts (holder, stock class)". */
export interface Account {
  readonly holder: string;
  readonly stockClass: string | null;
  units: Units;
  /** Since the line's last disclosure. */
  feeds: Feed[];
  /** The number of the fact that last disclosed the line. */
  disclosedAt: number | null;
}

/** N2. `investors` are those who "may be revealed from it". */
export interface Pool {
  readonly account: string;
  readonly stockClass: string | null;
  readonly investors: Set<string>;
}

/** N1; a sale is the unknown part that a seller gave away (N4). */
export interface UnknownStake {
  readonly holder: string;
  readonly stockClass: string | null;
  readonly from: 'equity' | 'secondary' | 'disclosure' | 'change' | 'sale';
  readonly pool: Pool | null;
}

/** R7. */
export interface NoteClaim {
  readonly holder: string;
  readonly roundId: string;
  readonly tranche: number;
  /** 4-http.md: "Amounts per currency are objects". */
  readonly amount: Readonly<Record<string, string>> | null;
}

export interface StandingComparison {
  readonly holder: string;
  readonly than: string;
  readonly relation: Relation;
  readonly entry: number;
}

/** A point of the valuations series. */
export interface Valuation {
  readonly on: string;
  /** T2: "`sequence` or 0". */
  readonly sequence: number;
  readonly kind: 'equity' | 'secondary' | 'acquisition' | 'stated' | 'price-per-share';
  /** `roundId#tranche`, or a figureId. */
  readonly ref: string;
  readonly value: Fraction;
  readonly currency: string;
  readonly estimated: boolean;
  readonly entries: ReadonlySet<number>;
}

/** A company between two facts. */
export class Company {
  readonly id: string;
  readonly believed: Believed;
  register: 'notional' | 'recorded' = 'notional';
  accounts: Account[] = [];
  /** Oldest first. */
  pools: Pool[] = [];
  unknownStakes: UnknownStake[] = [];
  claims: NoteClaim[] = [];
  comparisons: StandingComparison[] = [];
  readonly valuations: Valuation[] = [];
  /** Whoever ever had a line, be it for a part of a day. */
  readonly everHeld = new Set<string>();
  /** Whoever ever had a convertible claim. */
  readonly everLent = new Set<string>();
  readonly findings: Finding[] = [];
  /** The number of the fact now being folded, from 1. */
  now = 0;
  day = '0001-01-01';
  /** The number of the last fact that changed T by an estimated figure, or was an unpriced round (L5). */
  estimatedAt = 0;

  constructor(id: string, believed: Believed) {
    this.id = id;
    this.believed = believed;
  }

  /** U1: "T is all units in issue, options included". */
  get unitsInIssue(): Units {
    return this.accounts.reduce((total, account) => total + account.units, 0n);
  }

  /** U1: "*outstanding* leaves out classes named `option…`, `warrant…`, `plan…`". */
  get unitsOutstanding(): Units {
    return this.accounts
      .filter(({ stockClass }) => !isOptionClass(stockClass))
      .reduce((total, account) => total + account.units, 0n);
  }

  account(holder: string, stockClass: string | null): Account {
    const found = this.accounts.find(
      (account) => account.holder === holder && account.stockClass === stockClass,
    );
    if (found !== undefined) return found;
    const opened = { holder, stockClass, units: 0n, feeds: [], disclosedAt: null };
    this.accounts.push(opened);
    return opened;
  }

  /** U4: "class-name order, no class first". */
  accountsOf(holder: string): Account[] {
    return this.accounts
      .filter((account) => account.holder === holder)
      .sort((a, b) => byBytes(a.stockClass ?? '', b.stockClass ?? ''));
  }

  raise(kind: FindingKind, entries: Iterable<number>): void {
    this.findings.push({ kind, entries: ascending(entries) });
  }

  /**
   * U2: "A company is notional at first: the account `undisclosed` holds 1,000,000,000 units before its first
   * unit-moving fact."
   */
  found(): void {
    const account = this.account(UNDISCLOSED, null);
    account.units = units('1000000000');
    account.feeds.push({ entries: new Set(), estimated: false, basis: 'undisclosed' });
  }

  /** N1, as far as the holder goes: the account `undisclosed` is what nobody is known to hold, so it holds nothing unknown. */
  giveUnknownStake(stake: UnknownStake, grounds: Grounds): void {
    if (stake.holder === UNDISCLOSED) return;
    this.unknownStakes.push(stake);
    this.feed(this.account(stake.holder, stake.stockClass), grounds, null);
  }

  feed(account: Account, { entries, estimated }: Grounds, basis: Basis | null): void {
    account.feeds.push({ entries: new Set(entries), estimated, basis });
    this.everHeld.add(account.holder);
  }

  /** L5: "or, since its last disclosure, changed T". */
  changedTotal({ estimated }: { readonly estimated: boolean }): void {
    if (estimated) this.estimatedAt = this.now;
  }
}

const BASES: readonly Basis[] = ['recorded', 'disclosed', 'implied', 'undisclosed'];

/** L2: "recorded > disclosed > implied > undisclosed, the weakest". */
export const weakest = (bases: readonly Basis[]): Basis =>
  BASES.findLast((basis) => bases.includes(basis)) ?? 'undisclosed';
