import type { Claim, Money, Part, Said } from './claims.ts';
import { contains, period } from './dates.ts';
import type { Fact } from './fact.ts';
import { DATE_FIELDS } from './fact.ts';
import { ascending } from './finding.ts';
import { decimal, printPlain } from './fraction.ts';
import { COMPANIONS, fieldsOf, participantLists, stated } from './merge.ts';

/** Two claims that cannot both be right, and the companies this shows at. */
interface Conflict {
  readonly entries: readonly number[];
  readonly companies: readonly string[];
}

/** B5: "`label`, `why`, `name`, `aliases` and `note` compete but never conflict; … ids … do neither." */
const NEVER = new Set<string>([
  ...['label', 'why', 'name', 'aliases'],
  ...['dealId', 'roundId', 'tranche', 'transactionId', 'stanceId', 'figureId'],
]);

/** B5: "A losing value that differs from the winning one … raises `conflicting-claims`". */
export function conflicts(fact: Fact): Conflict[] {
  const company = fact.fields.company?.value;
  const here = company === undefined ? [] : [company];
  return [
    ...fieldsOf(fact.type).flatMap((field) => conflictsOfField(fact, field)),
    ...conflictsOfInvestors(fact).map((entries) => ({ entries, companies: here })),
    ...conflictsOfLists(fact).map((entries) => ({ entries, companies: here })),
  ];
}

function conflictsOfField(fact: Fact, field: keyof Said): Conflict[] {
  const winning = fact.fields[field];
  if (winning === undefined || NEVER.has(field)) return [];
  const company = fact.fields.company?.value;
  const here = company === undefined ? [] : [company];
  return fact.claims
    .filter(({ claim, position }) => position !== winning.entry && stated(claim.data[field]))
    .filter(({ claim }) => differs(fact, field, claim))
    .map(({ claim, position }) => ({
      entries: ascending([winning.entry, position]),
      companies: field === 'company' ? [...here, claim.data.company ?? ''] : here,
    }));
}

function differs(fact: Fact, field: keyof Said, claim: Claim): boolean {
  if (DATE_FIELDS.some((date) => date === field)) {
    const date = field as (typeof DATE_FIELDS)[number];
    const [winner, loser] = [fact.fields[date]?.value, claim.data[date]];
    if (winner === undefined || loser === undefined) return false;
    const [won, lost] = [period(winner), period(loser)];
    return !contains(won, lost) && !contains(lost, won);
  }
  const figure = [field, ...(COMPANIONS[field] ?? [])];
  const won = figure.map((part) => plain(part, fact.fields[part]?.value));
  const lost = figure.map((part) => plain(part, claim.data[part]));
  return JSON.stringify(won) !== JSON.stringify(lost);
}

const DECIMALS = new Set([
  ...['shares', 'ownership', 'sharesOutstanding', 'toShares', 'sharesIssued', 'rate', 'value'],
  ...['low', 'high', 'numerator', 'denominator', 'years', 'portion'],
]);
const DEFAULTS = new Map<string, string>([
  ['ownershipQualifier', 'exact'],
  ['sharesQualifier', 'exact'],
  ['ownershipBasis', 'outstanding'],
]);

/** A value so written that two of it are the same text just when they say the same: "Decimals by value". */
function plain(field: string, value: unknown): unknown {
  if (value === undefined) return DEFAULTS.get(field) ?? null;
  if (typeof value === 'string') return DECIMALS.has(field) ? printPlain(decimal(value)) : value;
  if (Array.isArray(value)) return value.map((one) => plain(field, one));
  if (typeof value !== 'object' || value === null) return value;
  if ('currency' in value) return plainMoney(value as Money);
  if ('form' in value) return plainPart(value as Part);
  const known = ['holder', 'fromRoundId', 'relation', 'shares', 'sharesQualifier', 'ownership']
    .concat(['ownershipQualifier', 'ownershipBasis', 'provider', 'amount', 'years'])
    .concat(['to', 'kind', 'from', 'until', 'numerator', 'denominator']);
  return known.map((part) => plain(part, (value as Record<string, unknown>)[part]));
}

const plainMoney = ({ amount, currency, qualifier = 'exact' }: Money): unknown => [
  printPlain(decimal(amount)),
  currency,
  qualifier,
];

const plainPart = ({ form, amount, portion, qualifier = 'exact' }: Part): unknown => [
  form,
  amount === undefined ? null : plainMoney(amount),
  plain('portion', portion),
  qualifier,
];

/** Each investor's fields compete likewise (B4), so they conflict likewise. */
function conflictsOfInvestors(fact: Fact): number[][] {
  const pairs: number[][] = [];
  const figures = [
    ['role'],
    ['amounts'],
    ['shares', 'sharesQualifier'],
    ['ownership', 'ownershipQualifier', 'ownershipBasis'],
    ['consideration'],
  ] as const;
  for (const { entry, listed } of participantLists(fact.claims)) {
    for (const investor of fact.investors) {
      const says = listed.get(investor.investor.value);
      for (const figure of says === undefined ? [] : figures) {
        const winning = investor[figure[0]];
        if (winning === undefined || winning.entry === entry.position) continue;
        if (!stated(says?.[figure[0]])) continue;
        const won = figure.map((part) => plain(part, investor[part]?.value));
        const lost = figure.map((part) => plain(part, says?.[part]));
        if (JSON.stringify(won) === JSON.stringify(lost)) continue;
        pairs.push(ascending([winning.entry, entry.position]));
      }
    }
  }
  return pairs;
}

/** B5: "a complete list and a claim that names somebody it leaves out". */
function conflictsOfLists(fact: Fact): number[][] {
  const pairs: number[][] = [];
  const lists = participantLists(fact.claims);
  const [strongest] = lists;
  for (const list of lists) {
    if (strongest?.complete === true && list !== strongest) {
      const leftOut = [...list.listed.keys()].some((name) => !strongest.listed.has(name));
      if (leftOut) pairs.push(ascending([strongest.entry.position, list.entry.position]));
    }
    if (!list.complete || list === strongest) continue;
    for (const { investor } of fact.investors) {
      if (list.listed.has(investor.value)) continue;
      pairs.push(ascending([investor.entry, list.entry.position]));
    }
  }
  return pairs;
}
