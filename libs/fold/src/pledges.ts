import { compareUtf8, type PartyId } from '#libs/events';
import type { Belief } from './belief.ts';
import type { DealAnnounced, Fact, Money, RoundClosed, Stated } from './fact.ts';
import { historyOfDeal } from './histories.ts';
import { ascending } from './order.ts';
import type { Day, Position } from './timeline.ts';

/** A deal that is signed, and that no round has closed. */
export interface Pledge {
  readonly dealId: string;
  /** What the holder is to pay, by currency; null where nobody said. */
  readonly amount: Readonly<Record<string, string>> | null;
  readonly entries: readonly Position[];
}

/** What a holder signed at a company and has not closed as of a day. A round that names the deal closes it. */
export function pledgesOf(
  belief: Belief,
  { company, holder, asOf }: { company: PartyId; holder: PartyId; asOf: Day },
): Pledge[] {
  const facts = (belief.byCompany.get(company) ?? []).filter((of) => of.date.earliest <= asOf);
  const closed = closedDeals(facts, company);
  return [...dealsOf(facts, company)]
    .filter(([dealId]) => !closed.has(dealId))
    .flatMap(([dealId, stages]) => {
      const deal = historyOfDeal(stages).at(-1);
      return deal?.stage.value === 'signed' ? pledgeOf(dealId, deal, holder) : [];
    })
    .sort((a, b) => compareUtf8(a.dealId, b.dealId));
}

function closedDeals(facts: readonly Fact[], company: PartyId): ReadonlySet<string> {
  const rounds = facts.filter(
    (fact): fact is RoundClosed => fact.type === 'round-closed' && fact.company.value === company,
  );
  return new Set(rounds.flatMap(({ dealIds }) => dealIds.map(({ value }) => value)));
}

function dealsOf(
  facts: readonly Fact[],
  company: PartyId,
): ReadonlyMap<string, readonly DealAnnounced[]> {
  const deals = new Map<string, DealAnnounced[]>();
  for (const fact of facts) {
    if (fact.type !== 'deal-announced' || fact.company.value !== company) continue;
    deals.set(fact.dealId, [...(deals.get(fact.dealId) ?? []), fact]);
  }
  return deals;
}

function pledgeOf(dealId: string, deal: DealAnnounced, holder: PartyId): Pledge[] {
  const participant = deal.participants.find(({ investor }) => investor.value === holder);
  if (participant === undefined) return [];
  const isAlone = deal.participants.length === 1;
  const amounts: Stated<readonly Money[]> | undefined =
    participant.amounts ??
    (isAlone && deal.amount !== undefined
      ? { value: [deal.amount.value], entry: deal.amount.entry }
      : undefined);
  const entries = [deal.stage.entry, participant.investor.entry, amounts?.entry];
  return [
    {
      dealId,
      amount: amounts
        ? Object.fromEntries(amounts.value.map(({ currency, amount }) => [currency, amount]))
        : null,
      entries: ascending(entries.filter((entry) => entry !== undefined)),
    },
  ];
}
