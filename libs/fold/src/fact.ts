import type { PartyId } from '#libs/events';
import type { Day, Position, Strength } from './timeline.ts';

/** What a field says and the entry that says it (docs/rules.md#b4). */
export interface Stated<V> {
  readonly value: V;
  readonly entry: Position;
}

/** A party as read through the identities (docs/rules.md#b3), and the id that the entry wrote. */
export interface StatedParty extends Stated<PartyId> {
  readonly said: PartyId;
}

/** A decimal as stated: a string ≥ 0; may carry trailing zeros. */
export type Decimal = string;

/** `exact` where nobody said otherwise. */
export type Qualifier = 'exact' | 'about' | 'over' | 'under';

export interface Money {
  readonly amount: Decimal;
  /** ISO 4217. */
  readonly currency: string;
  readonly qualifier: Qualifier;
}

/** A part of a whole, in [0, 1], with the qualifier and basis that stood beside it. */
export interface Ownership {
  readonly figure: Decimal;
  readonly qualifier: Qualifier;
  readonly basis: 'outstanding' | 'fully-diluted';
}

/** A number of shares with the qualifier that stood beside it. */
export interface Shares {
  readonly figure: Decimal;
  readonly qualifier: Qualifier;
}

/** A date, possibly vague: some day from `earliest` to `latest`. */
export interface PartialDay {
  /** As stated, `~` included. */
  readonly text: string;
  readonly earliest: Day;
  readonly latest: Day;
  readonly approximate: boolean;
  readonly precision: 'day' | 'month' | 'quarter' | 'half' | 'year';
}

/** The date that counts for a fact; `entry` is the claim it came from. */
export interface StatedDate extends PartialDay {
  readonly entry: Position;
}

/** A part of a price. `amount` or `portion` or neither. */
export interface Consideration {
  readonly form: 'cash' | 'compute-credits' | 'stock' | 'other' | 'unknown';
  readonly amount?: Money;
  /** A part of the participant's amount (of a stake-changed: of the whole), in [0, 1]. */
  readonly portion?: Decimal;
  readonly qualifier: Qualifier;
}

/** What a company promises to spend on a provider's compute. */
export interface ComputeCommitment {
  readonly provider: PartyId;
  readonly said: PartyId;
  readonly amount?: Money;
  readonly years?: Decimal;
  readonly note?: string;
}

/** An earlier round's claim turned into stock by this round (docs/rules.md#r2). */
export interface Conversion {
  readonly holder: PartyId;
  readonly said: PartyId;
  readonly fromRoundId: string;
  readonly shares?: Shares;
  readonly ownership?: Ownership;
}

/** A stake compared with another's, without figures (docs/rules.md#s4). */
export interface Comparison {
  readonly holder: PartyId;
  readonly said: PartyId;
  readonly relation: 'more' | 'less' | 'equal';
}

export interface Affiliation {
  readonly to: PartyId;
  readonly said: PartyId;
  readonly kind: 'subsidiary' | 'fund' | 'associate' | 'founder-affiliated';
  readonly from?: PartialDay;
  readonly until?: PartialDay;
}

/** One investor of a round or deal, merged from all claims that count (docs/rules.md#b4). */
export interface Participant {
  /** `entry`: the strongest claim that names it. */
  readonly investor: StatedParty;
  readonly role?: Stated<'lead' | 'participant'>;
  /** What it paid, one sum a currency: a claim may list it twice. */
  readonly amounts?: Stated<readonly Money[]>;
  /** The sum, where `amounts` has one. */
  readonly amount?: Stated<Money>;
  readonly shares?: Stated<Shares>;
  readonly ownership?: Stated<Ownership>;
  readonly consideration?: Stated<readonly Consideration[]>;
}

/** One field that more than one claim states: who won, who lost. For the question of competing claims. */
export interface Contest {
  /** A field's name; of a participant `participants/<investor>/<field>`. */
  readonly field: string;
  readonly winner: Stated<unknown>;
  /** By rank, the strongest first. */
  readonly losers: readonly (Stated<unknown> & {
    /** True: it differs from the winner, and the field can conflict (docs/rules.md#b5). */
    readonly conflicts: boolean;
  })[];
}

/**
 * A finding `conflicting-claims` of a fact: the winner's and a loser's entry, ascending. It shows at
 * each of `companies` from the fact's day on, which is the day that T1 gives the fact.
 * Rule: docs/rules.md#b5
 */
export interface Conflict {
  /** Of a party, stance, figure or rate none: their claims name no company. */
  readonly companies: readonly PartyId[];
  readonly entries: readonly Position[];
}

/** What every fact has. Absent fields: no standing claim states them. */
interface Common {
  /** The business key after identities: unique among facts, ordered by its UTF-8 bytes. */
  readonly key: string;
  /** The winning date; its `earliest` is the fact's day but for T1. */
  readonly date: StatedDate;
  /** The strongest claim on the key, of equals the newest. */
  readonly strongest: Position;
  /** Every standing claim on the key, ascending. */
  readonly claims: readonly Position[];
  readonly contests: readonly Contest[];
  readonly conflicts: readonly Conflict[];
}

/** What rounds and deals have in common. */
interface Offer extends Common {
  readonly company: StatedParty;
  readonly label?: Stated<string>;
  readonly roundType?: Stated<string>;
  readonly amount?: Stated<Money>;
  readonly preMoney?: Stated<Money>;
  readonly postMoney?: Stated<Money>;
  /** In B4's order; of a complete list, its investors alone. */
  readonly participants: readonly Participant[];
  readonly computeCommitments?: Stated<readonly ComputeCommitment[]>;
}

/** Business key: deal and the first possible day of `announcedOn`. */
export interface DealAnnounced extends Offer {
  readonly type: 'deal-announced';
  readonly dealId: string;
  readonly kind: Stated<'funding-round' | 'acquisition' | 'secondary' | 'convertible'>;
  readonly stage: Stated<'considered' | 'in-talks' | 'advanced' | 'signed' | 'dropped'>;
}

/** Business key: round and tranche. */
export interface RoundClosed extends Offer {
  readonly type: 'round-closed';
  readonly roundId: string;
  readonly tranche: number;
  readonly kind: Stated<'equity' | 'secondary' | 'convertible' | 'acquisition' | 'debt' | 'grant'>;
  /** Every deal that a standing claim says the round closes; ids do not compete. By rank. */
  readonly dealIds: readonly Stated<string>[];
  readonly sequence?: Stated<number>;
  readonly stockClass?: Stated<string>;
  readonly pricePerShare?: Stated<Money>;
  readonly sharesIssued?: Stated<Decimal>;
  /** Present if the strongest list says that it names everybody. */
  readonly participantsComplete?: Stated<true>;
  readonly conversions?: Stated<readonly Conversion[]>;
}

/** Business key: the transaction; of a disclosure company, holder, class and first possible day. */
export interface StakeChanged extends Common {
  readonly type: 'stake-changed';
  readonly company: StatedParty;
  readonly kind: Stated<
    | 'issuance'
    | 'transfer'
    | 'repurchase'
    | 'cancellation'
    | 'conversion'
    | 'exercise'
    | 'split'
    | 'disclosure'
    | 'exit'
  >;
  /** One, but for a disclosure, whose reports may each have their own. By rank. */
  readonly transactionIds: readonly Stated<string>[];
  /** Absent for a split. */
  readonly holder?: StatedParty;
  readonly sequence?: Stated<number>;
  readonly stockClass?: Stated<string>;
  readonly shares?: Stated<Shares>;
  readonly ownership?: Stated<Ownership>;
  readonly sharesOutstanding?: Stated<Decimal>;
  readonly counterparty?: StatedParty;
  readonly toStockClass?: Stated<string>;
  readonly toShares?: Stated<Decimal>;
  readonly ratio?: Stated<{ readonly numerator: Decimal; readonly denominator: Decimal }>;
  readonly consideration?: Stated<readonly Consideration[]>;
  readonly comparedWith?: Stated<readonly Comparison[]>;
}

/** Business key: party and first possible day of `effectiveOn`. */
export interface PartyDescribed extends Common {
  readonly type: 'party-described';
  /** As read; several ids may have been joined into it. */
  readonly party: PartyId;
  readonly name?: Stated<string>;
  readonly aliases?: Stated<readonly string[]>;
  readonly roles?: Stated<readonly ('company' | 'giant' | 'fund' | 'person')[]>;
  readonly foundedOn?: StatedDate;
  readonly country?: Stated<string>;
  readonly sectors?: Stated<readonly string[]>;
  readonly affiliations?: Stated<readonly Affiliation[]>;
}

/** Business key: base, quote and day. One unit of `base` costs `rate` of `quote`. */
export interface FxRatePublished extends Common {
  readonly type: 'fx-rate-published';
  readonly base: string;
  readonly quote: string;
  readonly rate: Stated<Decimal>;
}

/** Business key: stance and first possible day of `effectiveOn`. */
export interface StanceStated extends Common {
  readonly type: 'stance-stated';
  readonly stanceId: string;
  readonly party: StatedParty;
  /** A party as read, or `sector:<name>`. */
  readonly toward: Stated<string>;
  readonly stance: Stated<'investing' | 'cautious' | 'not-investing' | 'reassessing'>;
  readonly why?: Stated<string>;
}

/** Business key: figure. A figure that is no deal. */
export interface FigureStated extends Common {
  readonly type: 'figure-stated';
  readonly figureId: string;
  /** A party as read, or `sector:<name>`. */
  readonly subject: Stated<string>;
  readonly metric: Stated<
    | 'valuation'
    | 'raised'
    | 'cash'
    | 'compute-share-of-funding'
    | 'compute-share-of-revenue'
    | 'rank'
    | 'months-to-amount'
  >;
  readonly country?: Stated<string>;
  readonly amount?: Stated<Money>;
  readonly value?: Stated<Decimal>;
  readonly range?: Stated<{ readonly low?: Decimal; readonly high?: Decimal }>;
}

/** What is believed about one thing that happened: the claims on one business key, merged. */
export type Fact =
  | DealAnnounced
  | RoundClosed
  | StakeChanged
  | PartyDescribed
  | FxRatePublished
  | StanceStated
  | FigureStated;

/** A finding of believing that belongs to no fact: it has its day. */
export interface BeliefFinding {
  readonly kind: 'retracted-by-another-source' | 'identity-cycle';
  /** As read; null: the claim names none (it describes a party, or states a stance or figure). */
  readonly company: PartyId | null;
  readonly from: Day;
  readonly entries: readonly Position[];
}

/** What is known of a standing claim beside its fields. */
export interface Provenance {
  /** Of the claim's best source; `reported` without sources (docs/rules.md#b4). */
  readonly strength: Strength;
  /** When the publisher said it, as the envelope's `time`; null where it has none. */
  readonly saidAt: string | null;
}
