import type { Claim, ConsiderationPart, Money } from '#libs/events';

/** Every currency that a claim names, but for a rate's own. */
export function currenciesOf(claim: Claim): ReadonlySet<string> {
  return new Set(moneyIn(claim).flatMap((money) => money?.currency ?? []));
}

function moneyIn(claim: Claim): readonly (Money | undefined)[] {
  switch (claim.type) {
    case 'deal-announced':
    case 'round-closed':
      return [
        claim.data.amount,
        claim.data.preMoney,
        claim.data.postMoney,
        ...(claim.data.participants ?? []).flatMap(({ amount, consideration }) => [
          amount,
          ...paidIn(consideration),
        ]),
        ...(claim.type === 'round-closed' ? [claim.data.pricePerShare] : []),
      ];
    case 'stake-changed':
      return paidIn(claim.data.consideration);
    case 'figure-stated':
      return [claim.data.amount];
    case 'party-described':
    case 'fx-rate-published':
    case 'stance-stated':
    case 'entry-retracted':
      return [];
  }
}

function paidIn(parts: readonly ConsiderationPart[] = []): readonly (Money | undefined)[] {
  return parts.map(({ amount }) => amount);
}
