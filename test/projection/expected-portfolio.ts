import type { Day, PartyId } from '#libs/events';
import {
  decimal,
  fold,
  isOutstanding,
  over,
  plus,
  printAt,
  printPlain,
  readAs,
  sum,
  times,
} from '#libs/fold';
import type {
  Belief,
  ClaimStep,
  LineStep,
  Purchase,
  Rational,
  Standing,
  Timeline,
  TimelineDay,
  Units,
  Valuation,
} from '#libs/fold';

const weakest = ['recorded', 'disclosed', 'implied', 'undisclosed'] as const;
const inUnits = (units: Units): Rational => ({ numerator: units, denominator: 10n ** 10n });

/** An investor's portfolio told again, slowly, from the timelines of all companies. */
export function expectedPortfolio(belief: Belief, investor: PartyId, asOf: Day) {
  const holder = readAs(belief.identities, investor);
  return [...belief.byCompany.keys()]
    .map((company) => fold(belief, company))
    .flatMap((timeline) => rowOf(timeline, { belief, holder, asOf }))
    .sort((a, b) => (a.company < b.company ? -1 : 1));
}

interface Asked {
  readonly belief: Belief;
  readonly holder: PartyId;
  readonly asOf: Day;
}

function rowOf({ company, days }: Timeline, { belief, holder, asOf }: Asked) {
  const past = days.filter(({ day }) => day <= asOf);
  const steps = past.flatMap(({ day, lines }) =>
    lines.filter((line) => line.holder === holder).map((line) => ({ day, line })),
  );
  const claimSteps = past.flatMap(({ claims }) => claims.filter((each) => each.holder === holder));
  if (steps.length + claimSteps.length === 0) return [];
  const standing = past.findLast((day) => day.standing !== undefined)?.standing;
  const latest = [...new Map(steps.map((step) => [step.line.stockClass, step])).values()];
  const lines = latest.map(({ line }) => line).filter(({ ended }) => !ended);
  const claims = openClaims(claimSteps);
  const paid = purchasesOf(past, holder);
  const units = unitsOf(lines);
  const valuation = past
    .flatMap(({ day, valuations }) => valuations.map((v) => ({ day, v })))
    .at(-1);
  const entries = [
    ...latest.flatMap(({ line }) =>
      steps
        .filter((step) => step.line.stockClass === line.stockClass)
        .filter(({ day }) => line.disclosed === null || day >= line.disclosed.day)
        .flatMap((step) => step.line.entries),
    ),
    ...paid.all.flatMap(({ purchase }) => purchase.entries),
    ...claims.flatMap((claim) => claim.entries),
  ];
  return [
    {
      holder,
      company,
      ownership: ownershipOf(steps.length > 0, lines, units, standing),
      ownershipAtMost: lines.length === 1 ? share(lines[0]?.unitsAtMost ?? null, standing) : null,
      basis: lines.length === 0 ? null : weakestOf(lines),
      estimated: lines.some((line) => isEstimated(line, standing)),
      costKnown: totals(paid.counting),
      costUnknown: paid.counting.filter(({ purchase }) => purchase.unknown).length,
      ...worth({ units, standing, valuation, belief, counting: paid.counting }),
      consideration: paid.counting.flatMap(({ purchase }) => purchase.consideration),
      claims: claims.map(({ roundId, tranche, currency, amount }) => ({
        roundId,
        tranche,
        currency,
        amount,
      })),
      firstInvestment: paid.all.at(0)?.day ?? null,
      lastInvestment: paid.all.at(-1)?.day ?? null,
      entries: [...new Set(entries)].sort((a, b) => a - b),
    },
  ];
}

interface Paid {
  readonly day: Day;
  readonly purchase: Purchase;
}

/** A disclosed total takes the place of all before it. */
function purchasesOf(past: readonly TimelineDay[], holder: PartyId) {
  const all: Paid[] = past.flatMap(({ day, purchases }) =>
    purchases.filter((each) => each.holder === holder).map((purchase) => ({ day, purchase })),
  );
  const from = all.findLastIndex(({ purchase }) => purchase.replacesEarlier);
  return { all, counting: from < 0 ? all : all.slice(from) };
}

function totals(counting: readonly Paid[]): Record<string, string> {
  const sums = new Map<string, Rational>();
  for (const { currency, amount } of counting.flatMap(({ purchase }) => purchase.known)) {
    sums.set(currency, plus(sums.get(currency) ?? decimal('0'), decimal(amount)));
  }
  return Object.fromEntries([...sums].map(([currency, total]) => [currency, printPlain(total)]));
}

interface Worth {
  readonly units: Units | null;
  readonly standing: Standing | undefined;
  readonly valuation: { readonly day: Day; readonly v: Valuation } | undefined;
  readonly belief: Belief;
  readonly counting: readonly Paid[];
}

/** Exact until printed; a cost in another currency by the rate of the valuation's day. */
function worth({ units, standing, valuation, belief, counting }: Worth) {
  const nothing = { value: null, multiple: null };
  if (units === null || valuation === undefined || (standing?.unitsOutstanding ?? 0n) <= 0n) {
    return nothing;
  }
  const { day, v } = valuation;
  const part = over(inUnits(units), inUnits(standing?.unitsOutstanding ?? 1n));
  const value = times(part, decimal(v.amount));
  const costs = counting
    .flatMap(({ purchase }) => purchase.known)
    .map(({ currency, amount }) => {
      const rate = belief.rates.rateOn(currency, v.currency, day);
      return rate === null ? null : decimal(printPlain(times(decimal(amount), rate.rate)));
    });
  const known = costs.filter((cost) => cost !== null);
  const cost = sum(known);
  const hasMultiple =
    !counting.some(({ purchase }) => purchase.unknown) &&
    known.length === costs.length &&
    cost.numerator > 0n;
  return {
    value: { [v.currency]: printAt(value, 2) },
    multiple: hasMultiple ? printAt(over(value, cost), 2) : null,
  };
}

function unitsOf(lines: readonly LineStep[]): Units | null {
  const shown = lines.filter(
    ({ unitsKnown, unknownStake, units }) => unitsKnown && !(unknownStake && units === 0n),
  );
  if (shown.length === 0) return null;
  return shown
    .filter(({ stockClass }) => isOutstanding(stockClass))
    .reduce((total, { units }) => total + units, 0n);
}

function ownershipOf(
  hasLines: boolean,
  lines: readonly LineStep[],
  units: Units | null,
  standing: Standing | undefined,
): string | null {
  if (!hasLines) return null;
  return lines.length === 0 ? '0.000000' : share(units, standing);
}

function share(units: Units | null, standing: Standing | undefined): string | null {
  if (units === null || standing === undefined || standing.unitsOutstanding <= 0n) return null;
  return printAt(over(inUnits(units), inUnits(standing.unitsOutstanding)), 6);
}

function weakestOf(lines: readonly LineStep[]) {
  return weakest.findLast((basis) => lines.some((line) => line.basis === basis)) ?? null;
}

function isEstimated(line: LineStep, standing: Standing | undefined): boolean {
  const since = standing?.estimatedSince ?? null;
  if (line.estimated || since === null) return line.estimated;
  const { disclosed } = line;
  if (disclosed === null) return true;
  return since.day === disclosed.day
    ? since.ordinal > disclosed.ordinal
    : since.day > disclosed.day;
}

function openClaims(steps: readonly ClaimStep[]): ClaimStep[] {
  const latest = new Map(
    steps.map((step) => [JSON.stringify([step.roundId, step.tranche, step.currency]), step]),
  );
  return [...latest.values()]
    .filter(({ ended }) => !ended)
    .sort(
      (a, b) =>
        compare(a.roundId, b.roundId) ||
        a.tranche - b.tranche ||
        compare(a.currency ?? '', b.currency ?? ''),
    );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
