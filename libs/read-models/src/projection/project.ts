import { businessKey, isParty, mentions, UNDISCLOSED } from '#libs/events';
import type { Claim, PartyId } from '#libs/events';
import { step } from '../steps.ts';
import type { Step, StepTable } from '../steps.ts';

/**
 * What an entry is found again by. One letter each:
 * - c, the party whose fold reads it;
 * - k, its business key: who says the same;
 * - t, the identity of the entry it removes;
 * - s, either side of a sameAs;
 * - r, the pair of currencies it gives a rate of.
 */
export type MentionKind = 'c' | 'k' | 't' | 's' | 'r';

/**
 * What a company is found by, for entries that do not name it:
 * - p, a party that its entries name: a joined id changes who holds;
 * - m, a currency that its money is in: a rate changes what converts.
 */
export type LinkKind = 'p' | 'm';

export interface Mention {
  readonly kind: MentionKind;
  readonly name: string;
}

export interface CompanyLink {
  readonly kind: LinkKind;
  readonly name: string;
}

/** The row of `mention` for each name an entry is found by. Pure. */
export function mentionsOf(claim: Claim): Mention[] {
  const company = companyOf(claim);
  const key = businessKey(claim);
  const target = targetOf(claim);
  return [
    ...(company === null ? [] : [{ kind: 'c', name: company } as const]),
    ...(key === null ? [] : [{ kind: 'k', name: key } as const]),
    ...(target === null ? [] : [{ kind: 't', name: identityOf(target) } as const]),
    ...joinedBy(claim).map((name) => ({ kind: 's', name }) as const),
    ...(claim.type === 'fx-rate-published'
      ? [{ kind: 'r', name: pairOf(claim.data.base, claim.data.quote) } as const]
      : []),
  ];
}

/** The rows of `company_link` for the company whose fold reads the entry. Pure. */
export function linksOf(claim: Claim): CompanyLink[] {
  if (companyOf(claim) === null) return [];
  return [
    ...partiesOf(claim).map((name) => ({ kind: 'p', name }) as const),
    ...currenciesOf(claim).map((name) => ({ kind: 'm', name }) as const),
  ];
}

/** The party whose fold reads the claim: its company, else whom it describes or speaks for. */
export function companyOf(claim: Claim): PartyId | null {
  switch (claim.type) {
    case 'deal-announced':
    case 'round-closed':
    case 'stake-changed':
      return claim.data.company;
    case 'party-described':
    case 'stance-stated':
      return claim.data.party;
    case 'figure-stated':
      return isParty(claim.data.subject) ? claim.data.subject : null;
    case 'fx-rate-published':
    case 'entry-retracted':
      return null;
  }
}

/** The entry that the claim removes, if it stands. */
export function targetOf(claim: Claim): { source: string; id: string } | null {
  if (claim.type === 'entry-retracted') return claim.data.retracts;
  return claim.data.supersedes ?? null;
}

/** One text for an identity. */
export function identityOf({ source, id }: { source: string; id: string }): string {
  return JSON.stringify([source, id]);
}

/** Both ids of a sameAs; `undisclosed` is never joined. */
export function joinedBy(claim: Claim): PartyId[] {
  if (claim.type !== 'party-described' || claim.data.sameAs === undefined) return [];
  const { party, sameAs } = claim.data;
  if (party === sameAs || party === UNDISCLOSED || sameAs === UNDISCLOSED) return [];
  return [party, sameAs];
}

/** Every party that the claim names, without the account that has no name. */
export function partiesOf(claim: Claim): PartyId[] {
  return mentions(claim).filter((party) => party !== UNDISCLOSED);
}

/** The currencies of a round's money: what a rule may have to convert (docs/rules.md#r1). */
export function currenciesOf(claim: Claim): string[] {
  if (claim.type !== 'round-closed') return [];
  const { amount, preMoney, postMoney, participants = [] } = claim.data;
  const sums = [amount, preMoney, postMoney, ...participants.map((each) => each.amount)];
  return [...new Set(sums.flatMap((money) => (money === undefined ? [] : [money.currency])))];
}

/** One text for a pair of currencies, in the direction that a rate is published in. */
export function pairOf(base: string, quote: string): string {
  return `${base}/${quote}`;
}

/** The pairs whose rates can matter where money is in these currencies: direct, or through USD. */
export function pairsOf(currencies: ReadonlySet<string>): string[] {
  if (currencies.size < 2) return [];
  const all = [...new Set([...currencies, 'USD'])];
  return all.flatMap((base) =>
    all.filter((quote) => quote !== base).map((quote) => pairOf(base, quote)),
  );
}

export const failedCompanyTable: StepTable = {
  name: 'failed_company',
  key: [['company', 'text']],
  values: ['error'],
};

/** That a company's fold failed, and how. */
export function projectFailure(company: PartyId, error: string): Step {
  return step(failedCompanyTable, [company], [error]);
}
