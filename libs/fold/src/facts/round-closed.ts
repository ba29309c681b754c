import type { Change } from '../change.ts';
import type { RoundClosed } from '../fact.ts';
import { notePurchasesOf } from '../purchases.ts';
import { noteValuationsOf } from '../valuations.ts';
import { acquire } from './acquisition.ts';
import { endClaims, lend } from './convertible.ts';
import { closeEquity } from './equity.ts';
import { closeSecondary } from './secondary.ts';

/** The company after a round was closed. */
export function closeRound(change: Change, round: RoundClosed): void {
  switch (round.kind.value) {
    case 'equity':
      endClaims(change, round);
      closeEquity(change, round);
      break;
    case 'secondary':
      closeSecondary(change, round);
      break;
    case 'acquisition':
      acquire(change, round);
      break;
    case 'convertible':
      lend(change, round);
      break;
    case 'debt':
    case 'grant':
      return; // Neither moves units nor says what the company is worth (docs/rules.md#r8).
  }
  noteValuationsOf(change, round);
  notePurchasesOf(change, round);
}
