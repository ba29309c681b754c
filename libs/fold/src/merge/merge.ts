import type { Claim } from '#libs/events';
import type { Fact } from '../fact.ts';
import type { Read } from '../key.ts';
import { byRank, type Ranked } from '../strength.ts';
import { mergeDeal } from './deal-announced.ts';
import { mergeFigure } from './figure-stated.ts';
import { mergeRate } from './fx-rate-published.ts';
import type { Group } from './group.ts';
import { mergeParty } from './party-described.ts';
import { mergeRound } from './round-closed.ts';
import { mergeStake } from './stake-changed.ts';
import { mergeStance } from './stance-stated.ts';

/** A claim that states a fact. */
export type FactClaim = Exclude<Claim, { readonly type: 'entry-retracted' }>;

/** A standing claim on some business key. */
export interface Rival extends Ranked {
  readonly claim: FactClaim;
}

/**
 * The fact that the standing claims on one business key add up to; null without any.
 * Rule: docs/rules.md#b4
 */
export function merge(key: string, rivals: readonly Rival[], read: Read): Fact | null {
  const [first, ...others] = [...rivals].sort(byRank);
  return first === undefined ? null : mergeRanked({ key, ranked: [first, ...others] }, read);
}

/** A key begins with its type: all claims on it are of one type. */
interface Rivals {
  readonly key: string;
  readonly ranked: readonly [Rival, ...Rival[]];
}

function mergeRanked(rivals: Rivals, read: Read): Fact {
  switch (rivals.ranked[0].claim.type) {
    case 'deal-announced':
      return mergeDeal(rivals as Group<'deal-announced'>, read);
    case 'round-closed':
      return mergeRound(rivals as Group<'round-closed'>, read);
    case 'stake-changed':
      return mergeStake(rivals as Group<'stake-changed'>, read);
    case 'party-described':
      return mergeParty(rivals as Group<'party-described'>, read);
    case 'fx-rate-published':
      return mergeRate(rivals as Group<'fx-rate-published'>);
    case 'stance-stated':
      return mergeStance(rivals as Group<'stance-stated'>, read);
    case 'figure-stated':
      return mergeFigure(rivals as Group<'figure-stated'>, read);
  }
}
