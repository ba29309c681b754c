import type { PartyId } from '#libs/events';

/** A business day, `YYYY-MM-DD`, years 0001–9999; compares as text. */
export type Day = string;

/** Units of a company in fixed point: 1n is 0.0000000001 of a unit (docs/rules.md#u1). */
export type Units = bigint;

/** A ledger position, 1, 2, 3 …; the clock of knowledge. */
export type Position = number;

/** Recorded is surest, undisclosed least sure (docs/rules.md#l2). */
export type Basis = 'recorded' | 'disclosed' | 'implied' | 'undisclosed';

/** How strong a claim's best source is (docs/rules.md#b4). */
export type Strength = 'filing' | 'official' | 'reported' | 'rumoured';

/** A place in a company's history: after the `ordinal`th fact (from 1) of `day`. */
export interface Moment {
  readonly day: Day;
  readonly ordinal: number;
}

/** Everything the facts of one company add up to, in steps of a day. Days ascend; none is empty. */
export interface Timeline {
  readonly company: PartyId;
  readonly days: readonly TimelineDay[];
}

/**
 * What a day changed. Each list holds only what differs from the day before, whole: a step says
 * all of its key's values from this day on, until the next step of the same key.
 */
export interface TimelineDay {
  readonly day: Day;
  /** The company's totals after this day; absent where the day changed none of them. */
  readonly standing?: Standing;
  readonly lines: readonly LineStep[];
  readonly claims: readonly ClaimStep[];
  readonly comparisons: readonly ComparisonStep[];
  readonly findings: readonly Finding[];
  readonly valuations: readonly Valuation[];
  readonly purchases: readonly Purchase[];
}

/** A company's totals. */
export interface Standing {
  /** Notional until a first issuance in shares opens the share register (U2, U3). */
  readonly register: 'notional' | 'recorded';
  /** T: all units in issue, options included (U1). */
  readonly unitsInIssue: Units;
  /** T without option, warrant and plan classes (U1). */
  readonly unitsOutstanding: Units;
  /** When an estimated figure last changed T, or an unpriced round (R4): later than a line's
   *  `disclosed` (or the line never disclosed), it makes the line estimated (L5). */
  readonly estimatedSince: Moment | null;
}

/** One holder's line in one stock class. Key: holder, stockClass. */
export interface LineStep {
  readonly holder: PartyId;
  /** Null: units without a class. */
  readonly stockClass: string | null;
  /** True: from this day on there is no line (no units, no membership, no unknown stake). */
  readonly ended: boolean;
  /** Units in the register; what a seller without figures (N4) no longer shows is here all the same. */
  readonly units: Units;
  /** False: the holder sold an unknown part (N4): its units and ownership show as null. */
  readonly unitsKnown: boolean;
  /** True: the holder has an unknown stake (N1): its ownership is a lower bound, or null without units. */
  readonly unknownStake: boolean;
  /** The most units the recorded purchases can make it (N3). Null: no unknown stake, or no bound. */
  readonly unitsAtMost: Units | null;
  readonly basis: Basis;
  /** A qualifier, `~` or a conversion fed the line itself; see also Standing.estimatedSince (L5). */
  readonly estimated: boolean;
  /**
   * When the line last began anew: at its last disclosure (L3, L5), or with the share register
   * (U3), if later. Steps from that day on make up the line's entries. Null: never.
   */
  readonly disclosed: Moment | null;
  /**
   * The entries that made this step (L3), ascending; since `disclosed`, if that is this day. Empty
   * where only the bound moved. A line that ended and came back keeps those of before.
   */
  readonly entries: readonly Position[];
  /** The weakest source among `entries` (L4); null without entries. */
  readonly source: Strength | null;
}

/** A convertible claim (R7). Key: holder, roundId, tranche, currency. */
export interface ClaimStep {
  readonly holder: PartyId;
  readonly roundId: string;
  readonly tranche: number;
  /** Null with a null amount. */
  readonly currency: string | null;
  /** Decimal. Null: nobody said how much. */
  readonly amount: string | null;
  /** True: a conversion named its round. */
  readonly ended: boolean;
  readonly entries: readonly Position[];
}

/**
 * A comparison in force (S4), shown on every line of either party, mirrored for the other. Key:
 * holder, than; `holder` is the one that comes first in byte order, whoever was compared with whom.
 */
export interface ComparisonStep {
  readonly holder: PartyId;
  readonly than: PartyId;
  readonly relation: 'more' | 'less' | 'equal';
  readonly entry: Position;
}

/** Something to look at, shown from its day on (docs/rules.md#findings). Key: kind, entries. */
export interface Finding {
  readonly kind: FindingKind;
  /** Ascending. */
  readonly entries: readonly Position[];
  /** True: no longer so from this day on (only a contradicted comparison ends: S4). */
  readonly ended: boolean;
}

export type FindingKind =
  | 'conflicting-claims'
  | 'retracted-by-another-source'
  | 'identity-cycle'
  | 'shares-without-outstanding'
  | 'disclosure-differs'
  | 'nothing-outstanding'
  | 'over-allocated'
  | 'out-of-range'
  | 'valuation-not-above-amount'
  | 'overdrawn'
  | 'comparison-contradicted'
  | 'missing-fx-rate';

/** A point of the valuations series. Key: kind, ref. */
export interface Valuation {
  readonly kind: 'equity' | 'secondary' | 'acquisition' | 'stated' | 'price-per-share';
  /** `roundId#tranche`, or a figureId. */
  readonly ref: string;
  /** Decimal, post-money, in `currency`. */
  readonly amount: string;
  readonly currency: string;
  readonly estimated: boolean;
  /** Place among the valuations of one day, from 1. */
  readonly ordinal: number;
  readonly entries: readonly Position[];
}

/** What a holder paid. Key: holder, ref. */
export interface Purchase {
  readonly holder: PartyId;
  /** `roundId#tranche`, or a transactionId (of a disclosure its business key). */
  readonly ref: string;
  /** True: a disclosure's total cost to date, which replaces all purchases before it. */
  readonly replacesEarlier: boolean;
  /** Known money, native, one sum a currency. */
  readonly known: readonly { readonly currency: string; readonly amount: string }[];
  /** True: some of the price is not known. */
  readonly unknown: boolean;
  readonly consideration: readonly {
    readonly form: 'cash' | 'compute-credits' | 'stock' | 'other' | 'unknown';
    readonly currency: string | null;
    /** Decimal, or null where nobody said. */
    readonly amount: string | null;
    readonly qualifier: 'exact' | 'about' | 'over' | 'under';
  }[];
  readonly ordinal: number;
  readonly entries: readonly Position[];
}
