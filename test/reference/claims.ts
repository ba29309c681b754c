/** What entries say, as 1-events.md words it. One shape for all types: every field is one a type may carry. */

export type ClaimType =
  | 'deal-announced'
  | 'round-closed'
  | 'stake-changed'
  | 'party-described'
  | 'fx-rate-published'
  | 'stance-stated'
  | 'figure-stated'
  | 'entry-retracted';

export type Qualifier = 'exact' | 'about' | 'over' | 'under';
export type Strength = 'filing' | 'official' | 'reported' | 'rumoured';
export type Form = 'cash' | 'compute-credits' | 'stock' | 'other' | 'unknown';
export type Relation = 'more' | 'less' | 'equal';
export type RoundKind = 'equity' | 'secondary' | 'convertible' | 'acquisition' | 'debt' | 'grant';
export type StakeKind =
  | 'issuance'
  | 'transfer'
  | 'repurchase'
  | 'cancellation'
  | 'conversion'
  | 'exercise'
  | 'split'
  | 'disclosure'
  | 'exit';

export interface Money {
  readonly amount: string;
  readonly currency: string;
  readonly qualifier?: Qualifier;
}

export interface Part {
  readonly form: Form;
  readonly amount?: Money;
  readonly portion?: string;
  readonly qualifier?: Qualifier;
}

interface Holding {
  readonly shares?: string;
  readonly sharesQualifier?: Qualifier;
  readonly ownership?: string;
  readonly ownershipQualifier?: Qualifier;
  readonly ownershipBasis?: 'outstanding' | 'fully-diluted';
}

export interface Participant extends Holding {
  readonly investor: string;
  readonly role?: 'lead' | 'participant';
  readonly amount?: Money;
  readonly consideration?: readonly Part[];
}

export interface Conversion extends Holding {
  readonly holder: string;
  readonly fromRoundId: string;
}

export interface Comparison {
  readonly holder: string;
  readonly relation: Relation;
}

export interface Commitment {
  readonly provider: string;
  readonly amount?: Money;
  readonly years?: string;
  readonly note?: string;
}

export interface Affiliation {
  readonly to: string;
  readonly kind: 'subsidiary' | 'fund' | 'associate' | 'founder-affiliated';
  readonly from?: string;
  readonly until?: string;
}

interface Identity {
  readonly source: string;
  readonly id: string;
}

export interface Source {
  readonly publisher?: string;
  readonly basis: Strength;
}

/** The data of a claim of any type. */
export interface Said extends Holding {
  readonly sources?: readonly Source[];
  readonly supersedes?: Identity;
  readonly retracts?: Identity;
  readonly reason?: string;

  readonly dealId?: string;
  readonly roundId?: string;
  readonly tranche?: number;
  readonly transactionId?: string;
  readonly stanceId?: string;
  readonly figureId?: string;

  readonly company?: string;
  readonly holder?: string;
  readonly counterparty?: string;
  readonly party?: string;
  readonly subject?: string;
  readonly toward?: string;
  readonly kind?: string;

  readonly announcedOn?: string;
  readonly closedOn?: string;
  readonly effectiveOn?: string;
  readonly foundedOn?: string;
  readonly on?: string;
  readonly sequence?: number;

  readonly label?: string;
  readonly roundType?: string;
  readonly stage?: 'considered' | 'in-talks' | 'advanced' | 'signed' | 'dropped';
  readonly amount?: Money;
  readonly preMoney?: Money;
  readonly postMoney?: Money;
  readonly participants?: readonly Participant[];
  readonly participantsComplete?: boolean;
  readonly computeCommitments?: readonly Commitment[];
  readonly stockClass?: string;
  readonly pricePerShare?: Money;
  readonly sharesIssued?: string;
  readonly conversions?: readonly Conversion[];

  readonly sharesOutstanding?: string;
  readonly toStockClass?: string;
  readonly toShares?: string;
  readonly ratio?: { readonly numerator: string; readonly denominator: string };
  readonly consideration?: readonly Part[];
  readonly comparedWith?: readonly Comparison[];

  readonly name?: string;
  readonly aliases?: readonly string[];
  readonly roles?: readonly string[];
  readonly country?: string;
  readonly sectors?: readonly string[];
  readonly sameAs?: string;
  readonly affiliations?: readonly Affiliation[];

  readonly base?: string;
  readonly quote?: string;
  readonly rate?: string;

  readonly stance?: string;
  readonly why?: string;
  readonly metric?: string;
  readonly value?: string;
  readonly low?: string;
  readonly high?: string;
}

export interface Claim {
  readonly type: ClaimType;
  readonly source: string;
  readonly id: string;
  readonly time?: string;
  readonly data: Said;
}

/** A claim with its place in the ledger. */
export interface Entry {
  readonly position: number;
  readonly claim: Claim;
}

const STRENGTHS: readonly Strength[] = ['filing', 'official', 'reported', 'rumoured'];

/** 0 is strongest. B4: "filing > official > reported > rumoured". */
export const weakness = (strength: Strength): number => STRENGTHS.indexOf(strength);

/** B4: "the best a claim lists"; 1-events.md: "`sources` may be empty or absent = reported". */
export function strengthOf({ data }: Claim): Strength {
  const listed = (data.sources ?? []).map(({ basis }) => basis);
  return STRENGTHS.find((strength) => listed.includes(strength)) ?? 'reported';
}

/** B4: "the strongest source …, then the highest position". Strongest first. */
export const strongestFirst = (a: Entry, b: Entry): number =>
  weakness(strengthOf(a.claim)) - weakness(strengthOf(b.claim)) || b.position - a.position;

/** 1-events.md: "Keys and names compare by UTF-8 bytes". */
export const byBytes = (a: string, b: string): number =>
  Buffer.compare(Buffer.from(a), Buffer.from(b));

export const UNDISCLOSED = 'undisclosed';

/** An option class: "classes named `option…`, `warrant…`, `plan…`" (U1). */
export const isOptionClass = (stockClass: string | null): boolean =>
  stockClass !== null && /^(option|warrant|plan)/.test(stockClass);
