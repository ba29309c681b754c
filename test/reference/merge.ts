import type { ClaimType, Entry, Money, Participant, Qualifier, Said } from './claims.ts';
import { strongestFirst } from './claims.ts';
import { contains, period, sameDays } from './dates.ts';
import type { Fact, From, Investor, Key, Listed } from './fact.ts';
import { DATE_FIELDS } from './fact.ts';
import { decimal, plus, printPlain } from './fraction.ts';

/** The fields of each type that compete; ids, `sources`, `supersedes` and unknown fields do not (B5). */
const FIELDS: Record<ClaimType, readonly (keyof Said)[]> = {
  'deal-announced': [
    ...(['company', 'kind', 'label', 'roundType', 'stage', 'announcedOn', 'amount'] as const),
    ...(['preMoney', 'postMoney', 'computeCommitments', 'dealId'] as const),
  ],
  'round-closed': [
    ...(['company', 'kind', 'label', 'roundType', 'closedOn', 'sequence', 'amount'] as const),
    ...(['preMoney', 'postMoney', 'stockClass', 'pricePerShare', 'sharesIssued'] as const),
    ...(['conversions', 'computeCommitments', 'dealId', 'roundId', 'tranche'] as const),
  ],
  'stake-changed': [
    ...(['company', 'holder', 'effectiveOn', 'sequence', 'kind', 'stockClass', 'shares'] as const),
    ...(['ownership', 'sharesOutstanding', 'counterparty', 'toStockClass', 'toShares'] as const),
    ...(['ratio', 'consideration', 'comparedWith', 'transactionId'] as const),
  ],
  'party-described': [
    ...(['party', 'name', 'aliases', 'roles', 'foundedOn', 'country', 'sectors'] as const),
    ...(['sameAs', 'affiliations', 'effectiveOn'] as const),
  ],
  'fx-rate-published': ['base', 'quote', 'rate', 'on'],
  'stance-stated': ['stanceId', 'party', 'toward', 'stance', 'effectiveOn', 'why'],
  'figure-stated': [
    ...(['figureId', 'subject', 'metric', 'on', 'country', 'amount', 'value', 'low'] as const),
  ],
  'entry-retracted': [],
};

/** B4: "A qualifier or basis goes with its figure". */
export const COMPANIONS: { readonly [K in keyof Said]?: readonly (keyof Said)[] } = {
  ownership: ['ownershipQualifier', 'ownershipBasis'],
  shares: ['sharesQualifier'],
  low: ['high'],
};

export const fieldsOf = (type: ClaimType): readonly (keyof Said)[] => FIELDS[type];

/** 1-events.md: "Lists may be empty or absent alike." */
export const stated = (value: unknown): boolean =>
  value !== undefined && !(Array.isArray(value) && value.length === 0);

/**
 * B4: "Of the claims on one business key each field takes its value from the claim with the strongest
 * source that states it …, then the highest position. A silent claim erases nothing."
 */
export function merge(type: ClaimType, key: Key, claims: readonly Entry[]): Fact {
  const ranked = [...claims].sort(strongestFirst);
  const fields: Record<string, From<unknown>> = {};
  for (const field of FIELDS[type]) {
    const winner = ranked.find(({ claim }) => stated(claim.data[field]));
    if (winner === undefined) continue;
    for (const taken of [field, ...(COMPANIONS[field] ?? [])]) {
      const value = winner.claim.data[taken];
      if (value !== undefined) fields[taken] = { value, entry: winner.position };
    }
  }
  for (const field of DATE_FIELDS) {
    if (fields[field] !== undefined) fields[field] = sharpestDate(ranked, field);
  }
  return { type, key, claims: ranked, fields, ...mergeInvestors(ranked) };
}

/** B4: "A date inside the winner's vaguer date takes its place." */
function sharpestDate(ranked: readonly Entry[], field: (typeof DATE_FIELDS)[number]): From<string> {
  let best: From<string> | undefined;
  for (const { claim, position } of ranked) {
    const value = claim.data[field];
    if (value === undefined) continue;
    const inside =
      best === undefined ||
      (contains(period(best.value), period(value)) && !sameDays(period(best.value), period(value)));
    if (inside) best = { value, entry: position };
  }
  if (best === undefined) throw new Error(`nobody states ${field}`);
  return best;
}

/** What one claim lists, in its order. */
export interface ParticipantList {
  readonly entry: Entry;
  readonly complete: boolean;
  readonly listed: ReadonlyMap<string, Listed>;
}

export const participantLists = (ranked: readonly Entry[]): ParticipantList[] =>
  ranked
    .filter(({ claim }) => stated(claim.data.participants))
    .map((entry) => ({
      entry,
      complete: entry.claim.data.participantsComplete === true,
      listed: addedUp(entry.claim.data.participants ?? []),
    }));

/**
 * B4: "Participants merge by investor, each of their fields likewise, in the order of the strongest list, then
 * of the next … `participantsComplete` belongs to the list it stands with: if the strongest list says it, its
 * investors alone count."
 */
function mergeInvestors(ranked: readonly Entry[]): Pick<Fact, 'investors' | 'complete'> {
  const lists = participantLists(ranked);
  const complete = lists[0]?.complete === true;
  const merged = new Map<string, Record<string, From<unknown>>>();
  for (const { entry, listed } of complete ? lists.slice(0, 1) : lists) {
    for (const investor of listed.keys()) {
      if (merged.has(investor)) continue;
      merged.set(investor, { investor: { value: investor, entry: entry.position } });
    }
  }
  for (const { entry, listed } of lists) {
    for (const [investor, says] of listed) {
      const fields = merged.get(investor);
      if (fields !== undefined) takeAbsent(fields, says, entry.position);
    }
  }
  return { investors: [...merged.values()] as unknown as Investor[], complete };
}

function takeAbsent(fields: Record<string, From<unknown>>, says: Listed, entry: number): void {
  const figures: readonly (readonly (keyof Listed)[])[] = [
    ['role'],
    ['amounts'],
    ['shares', 'sharesQualifier'],
    ['ownership', 'ownershipQualifier', 'ownershipBasis'],
    ['consideration'],
  ];
  for (const figure of figures) {
    const [main] = figure;
    if (main === undefined || fields[main] !== undefined || !stated(says[main])) continue;
    for (const taken of figure) {
      const value = says[taken];
      if (value !== undefined) fields[taken] = { value, entry };
    }
  }
}

/** B4: "inside one claim an investor listed twice is added up first". */
function addedUp(participants: readonly Participant[]): Map<string, Listed> {
  const investors = new Map<string, Listed>();
  for (const one of participants) {
    const before = investors.get(one.investor);
    const next = listedOnce(one);
    investors.set(one.investor, before === undefined ? next : together(before, next));
  }
  return investors;
}

/** One mention of an investor; a qualifier or basis without its figure says nothing. */
function listedOnce({ role, amount, consideration, ...figures }: Participant): Listed {
  const { shares, sharesQualifier, ownership, ownershipQualifier, ownershipBasis } = figures;
  return {
    ...(role && { role }),
    ...(amount && { amounts: [amount] }),
    ...(consideration && { consideration }),
    ...(shares !== undefined && { shares, ...(sharesQualifier && { sharesQualifier }) }),
    ...(ownership !== undefined && {
      ownership,
      ...(ownershipQualifier && { ownershipQualifier }),
      ...(ownershipBasis && { ownershipBasis }),
    }),
  };
}

function together(a: Listed, b: Listed): Listed {
  const amounts = addMoney([...(a.amounts ?? []), ...(b.amounts ?? [])]);
  const consideration = [...(a.consideration ?? []), ...(b.consideration ?? [])];
  return {
    ...b,
    ...a,
    ...(amounts.length > 0 && { amounts }),
    ...(consideration.length > 0 && { consideration }),
    ...(a.shares !== undefined &&
      b.shares !== undefined && {
        shares: added(a.shares, b.shares),
        sharesQualifier: vaguer(a.sharesQualifier, b.sharesQualifier),
      }),
    ...(a.ownership !== undefined &&
      b.ownership !== undefined && {
        ownership: added(a.ownership, b.ownership),
        ownershipQualifier: vaguer(a.ownershipQualifier, b.ownershipQualifier),
      }),
  };
}

const added = (a: string, b: string): string => printPlain(plus(decimal(a), decimal(b)));

/** Sums money, one sum a currency, in the order of first mention. */
export function addMoney(all: readonly Money[]): Money[] {
  const sums = new Map<string, Money>();
  for (const money of all) {
    const before = sums.get(money.currency);
    sums.set(
      money.currency,
      before === undefined
        ? money
        : {
            currency: money.currency,
            amount: added(before.amount, money.amount),
            qualifier: vaguer(before.qualifier, money.qualifier),
          },
    );
  }
  return [...sums.values()];
}

/** The qualifier of a sum: exact gives way, and two that pull apart leave only "about". */
function vaguer(a: Qualifier = 'exact', b: Qualifier = 'exact'): Qualifier {
  if (a === b || b === 'exact') return a;
  return a === 'exact' ? b : 'about';
}
