import type { Change } from '../change.ts';
import { compareStakes } from '../comparison.ts';
import type { StakeChanged } from '../fact.ts';
import { noteConsideration } from '../purchases.ts';
import { cancelStake } from './cancellation.ts';
import { discloseStake } from './disclosure.ts';
import { exchangeStake } from './exchange.ts';
import { exitStake } from './exit.ts';
import { issueStake } from './issuance.ts';
import { split } from './split.ts';
import type { HolderFact } from './stake.ts';
import { transferStake } from './transfer.ts';

/** The company after a stake changed or became known. */
export function changeStake(change: Change, fact: StakeChanged): void {
  if (fact.holder === undefined) {
    if (fact.kind.value === 'split') split(change, fact);
    return;
  }
  changeHolding(change, { fact, holder: fact.holder });
  compareStakes(change, fact);
  noteConsideration(change, { fact, holder: fact.holder });
}

function changeHolding(change: Change, of: HolderFact): void {
  switch (of.fact.kind.value) {
    case 'issuance':
      issueStake(change, of);
      break;
    case 'transfer':
      transferStake(change, of);
      break;
    case 'repurchase':
    case 'cancellation':
      cancelStake(change, of);
      break;
    case 'exercise':
    case 'conversion':
      exchangeStake(change, of);
      break;
    case 'split':
      split(change, of.fact);
      break;
    case 'disclosure':
      discloseStake(change, of);
      break;
    case 'exit':
      exitStake(change, of);
      break;
  }
}
