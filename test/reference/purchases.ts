import type { Believed } from './believe.ts';
import type { Money, Part } from './claims.ts';
import type { Fact, From, Investor } from './fact.ts';
import { addMoney } from './merge.ts';
import type { PlacedFact } from './order.ts';
import { inOrder } from './order.ts';

/** What a holder paid in one fact. */
export interface Purchase {
  readonly day: string;
  readonly ref: string;
  /** Native money, one sum a currency; null: not known. */
  readonly known: readonly Money[] | null;
  /** "a disclosure's consideration replaces all before it" */
  readonly replaces: boolean;
}

const BOUGHT = ['equity', 'secondary', 'convertible', 'acquisition'];

/**
 * "cost (participants' amounts in equity, secondary, convertible and acquisition rounds, a lone complete
 * participant the round's; `consideration` of issuances, transfers and exits to it, known if every form states an
 * amount; a disclosure's consideration replaces all before it …)". In order, up to a day.
 */
export function purchasesOf(
  believed: Believed,
  {
    company,
    holder,
    asOf,
  }: { readonly company: string; readonly holder: string; readonly asOf: string },
): Purchase[] {
  return inOrder(company, believed.facts)
    .filter(({ day }) => day <= asOf)
    .flatMap((placed) =>
      placed.fact.type === 'round-closed' ? inRound(placed, holder) : inChange(placed, holder),
    );
}

function inRound({ fact, day }: PlacedFact, holder: string): Purchase[] {
  const [, roundId, tranche] = fact.key;
  if (!BOUGHT.includes(fact.fields.kind?.value ?? '')) return [];
  return fact.investors
    .filter(({ investor }) => investor.value === holder)
    .map((investor) => ({
      day,
      ref: `${String(roundId)}#${String(tranche)}`,
      known: paidBy(fact, investor),
      replaces: false,
    }));
}

function paidBy(round: Fact, { amounts }: Investor): readonly Money[] | null {
  if (amounts !== undefined) return amounts.value;
  const lone = round.complete && round.investors.length === 1;
  return lone && round.fields.amount !== undefined ? [round.fields.amount.value] : null;
}

function inChange({ fact, day }: PlacedFact, party: string): Purchase[] {
  const { kind, holder, counterparty, consideration, transactionId } = fact.fields;
  const disclosure = kind?.value === 'disclosure';
  const buyer = disclosure || kind?.value === 'issuance' ? holder : boughtBy(fact, counterparty);
  if (buyer?.value !== party || (disclosure && consideration === undefined)) return [];
  const ref = transactionId?.value ?? '';
  return [{ day, ref, known: priceOf(consideration), replaces: disclosure }];
}

const boughtBy = (fact: Fact, counterparty: From<string> | undefined): From<string> | undefined =>
  ['transfer', 'exit'].includes(fact.fields.kind?.value ?? '') ? counterparty : undefined;

function priceOf(consideration: From<readonly Part[]> | undefined): readonly Money[] | null {
  const stated = consideration?.value.map(({ amount }) => amount) ?? [undefined];
  const known = stated.filter((amount) => amount !== undefined);
  return known.length === stated.length ? addMoney(known) : null;
}

/** "known sum per currency and unknown count" */
export interface Cost {
  readonly known: readonly Money[];
  readonly unknown: number;
}

export function costOf(purchases: readonly Purchase[]): Cost {
  const from = purchases.findLastIndex(({ replaces }) => replaces);
  const counted = from === -1 ? purchases : purchases.slice(from);
  return {
    known: addMoney(counted.flatMap(({ known }) => known ?? [])),
    unknown: counted.filter(({ known }) => known === null).length,
  };
}
