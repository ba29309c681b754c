import type { Believed } from './believe.ts';
import type { Money, Part } from './claims.ts';
import { byBytes } from './claims.ts';
import type { Fact, Investor } from './fact.ts';
import { dateOf } from './fact.ts';
import type { Fraction } from './fraction.ts';
import { decimal, printPlain, times } from './fraction.ts';

/** A sum paid in compute credits: null where unbounded or unknown. */
export interface Invested {
  readonly currency: string | null;
  readonly lower: string | null;
  readonly upper: string | null;
}

/** What one provider put into one company in credits, and what the company is to buy of it. */
export interface ComputeRow {
  readonly provider: string;
  readonly company: string;
  readonly invested: readonly Invested[];
  readonly committed: readonly (Money | null)[];
}

/**
 * "per provider, amounts invested in compute credits (with bounds from portions and qualifiers) and amounts
 * companies committed to spend (the "AI tax"); a commitment on a deal and on its round counts once."
 */
export function compute(believed: Believed, asOf: string): ComputeRow[] {
  const facts = believed.facts
    .filter(({ type }) => type === 'round-closed' || type === 'deal-announced')
    .filter((fact) => dateOf(fact).value.earliest <= asOf);
  const rounds = facts.filter(({ type }) => type === 'round-closed');
  const invested = rounds.flatMap((round) =>
    round.investors.flatMap((investor) =>
      inCredits(investor).map((sum) => ({
        key: [investor.investor.value, round.fields.company?.value ?? ''] as const,
        sum,
      })),
    ),
  );
  const committed = commitments(facts);
  const keys = new Map([...invested, ...committed].map(({ key }) => [key.join(' '), key] as const));
  const of = (key: readonly string[], name: string): boolean => key.join(' ') === name;
  return [...keys]
    .sort(([a], [b]) => byBytes(a, b))
    .map(([name, [provider, company]]) => ({
      ...{ provider, company },
      invested: invested.filter(({ key }) => of(key, name)).map(({ sum }) => sum),
      committed: committed.filter(({ key }) => of(key, name)).map(({ amount }) => amount),
    }));
}

function inCredits({ consideration, amounts }: Investor): Invested[] {
  const [whole, ...more] = amounts?.value ?? [];
  return (consideration?.value ?? [])
    .filter(({ form }) => form === 'compute-credits')
    .map((part) => boundsOf(part, more.length === 0 ? whole : undefined));
}

/** The amount stated, else the portion of what the investor paid; "over = at least, under = at most". */
function boundsOf({ amount, portion, qualifier }: Part, whole: Money | undefined): Invested {
  const value = amountOf(amount, portion, whole);
  const money = amount ?? whole;
  if (value === null || money === undefined) return { currency: null, lower: null, upper: null };
  const said = [money.qualifier, qualifier];
  const exactly = printPlain(value);
  // At least a portion of a sum is at most that sum.
  const most = amount === undefined && money.qualifier !== 'over' ? money.amount : null;
  return {
    currency: money.currency,
    lower: said.includes('under') ? null : exactly,
    upper: said.includes('over') ? most : exactly,
  };
}

function amountOf(
  amount: Money | undefined,
  portion: string | undefined,
  whole: Money | undefined,
): Fraction | null {
  if (amount !== undefined) return decimal(amount.amount);
  if (portion === undefined || whole === undefined) return null;
  return times(decimal(portion), decimal(whole.amount));
}

interface Committed {
  readonly key: readonly [provider: string, company: string];
  readonly amount: Money | null;
}

/** Of a deal's stages the last that states any; of a deal and its rounds the rounds'. */
function commitments(facts: readonly Fact[]): Committed[] {
  const stating = facts
    .filter(({ fields }) => fields.computeCommitments !== undefined)
    .sort((a, b) => byBytes(dateOf(a).value.earliest, dateOf(b).value.earliest));
  const counted = new Map<string, Fact>();
  for (const [index, fact] of stating.entries()) {
    const deal = fact.fields.dealId?.value;
    const isRound = fact.type === 'round-closed';
    const name = deal === undefined ? `round ${index}` : `deal ${deal}`;
    if (isRound || counted.get(name)?.type !== 'round-closed') counted.set(name, fact);
  }
  return [...counted.values()].flatMap(({ fields }) =>
    (fields.computeCommitments?.value ?? []).map(({ provider, amount }) => ({
      key: [provider, fields.company?.value ?? ''] as const,
      amount: amount ?? null,
    })),
  );
}
