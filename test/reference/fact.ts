import type { ClaimType, Entry, Money, Part, Said } from './claims.ts';
import { byBytes } from './claims.ts';
import type { Period } from './dates.ts';
import { period } from './dates.ts';

/** B4: "Every field of a fact names the entry it came from." */
export interface From<T> {
  readonly value: T;
  readonly entry: number;
}

export type Fields = { readonly [K in keyof Said]?: From<NonNullable<Said[K]>> };

/** What one claim says of one investor, listed twice or once. */
export interface Listed {
  readonly role?: 'lead' | 'participant';
  /** One sum a currency. */
  readonly amounts?: readonly Money[];
  readonly shares?: string;
  readonly sharesQualifier?: Money['qualifier'];
  readonly ownership?: string;
  readonly ownershipQualifier?: Money['qualifier'];
  readonly ownershipBasis?: 'outstanding' | 'fully-diluted';
  readonly consideration?: readonly Part[];
}

/** A participant, merged from all claims that list it. */
export type Investor = { readonly investor: From<string> } & {
  readonly [K in keyof Listed]?: From<NonNullable<Listed[K]>>;
};

export type Key = readonly (string | number)[];

/** What the claims on one business key add up to. */
export interface Fact {
  readonly type: ClaimType;
  readonly key: Key;
  /** Strongest first. */
  readonly claims: readonly Entry[];
  readonly fields: Fields;
  readonly investors: readonly Investor[];
  /** `participantsComplete` of the strongest list. */
  readonly complete: boolean;
}

/** The entry of the strongest claim (L3). */
export function strongestEntry({ claims }: Fact): number {
  const [strongest] = claims;
  if (strongest === undefined) throw new Error('a fact without claims');
  return strongest.position;
}

const day = (date: string | undefined): string => period(date ?? '0001').earliest;

/** 1-events.md, "Business keys: two reports of one fact are not two facts", type by type. */
const KEYS: Record<ClaimType, (data: Said) => readonly (string | number | undefined)[]> = {
  'deal-announced': ({ dealId, announcedOn }) => [dealId, day(announcedOn)],
  'round-closed': ({ roundId, tranche }) => [roundId, tranche ?? 1],
  'stake-changed': ({ kind, transactionId, company, holder, stockClass, effectiveOn }) =>
    kind === 'disclosure'
      ? ['disclosure', company, holder, stockClass, day(effectiveOn)]
      : [transactionId],
  'party-described': ({ party, effectiveOn }) => [party, day(effectiveOn)],
  'fx-rate-published': ({ base, quote, on }) => [base, quote, on],
  'stance-stated': ({ stanceId, effectiveOn }) => [stanceId, day(effectiveOn)],
  'figure-stated': ({ figureId }) => [figureId],
  'entry-retracted': ({ retracts }) => [retracts?.source, retracts?.id],
};

export const businessKey = (type: ClaimType, data: Said): Key => [
  type,
  ...KEYS[type](data).map((part) => part ?? ''),
];

/** "Keys and names compare by UTF-8 bytes, tranches as numbers." */
export function compareKeys(a: Key, b: Key): number {
  for (const [index, left] of a.entries()) {
    const right = b[index] ?? '';
    const order =
      typeof left === 'number' && typeof right === 'number'
        ? left - right
        : byBytes(String(left), String(right));
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

export const DATE_FIELDS = [
  'announcedOn',
  'closedOn',
  'effectiveOn',
  'foundedOn',
  'on',
] as const satisfies readonly (keyof Said)[];

/** The date a fact is dated by, with its entry. */
export function dateOf(fact: Fact): From<Period> {
  const { announcedOn, closedOn, effectiveOn, on } = fact.fields;
  const date = announcedOn ?? closedOn ?? effectiveOn ?? on;
  if (date === undefined) throw new Error('a fact without a date');
  return { value: period(date.value), entry: date.entry };
}
