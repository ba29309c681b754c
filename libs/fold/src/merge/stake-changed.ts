import type { DataOf } from '#libs/events';
import { need, needCompany, needDate, take, takeParty } from '../compete.ts';
import type { StakeChanged } from '../fact.ts';
import type { Read } from '../key.ts';
import {
  present,
  readComparisons,
  readConsideration,
  readDate,
  readOwnership,
  readShares,
} from '../stated.ts';
import { compete, idsOf, named, settled, type Group } from './group.ts';

/** A change or a disclosure of a stake (docs/rules.md#b4). */
export function mergeStake(group: Group<'stake-changed'>, read: Read): StakeChanged {
  const claims = compete(group, (data) => say(data, read));
  const company = needCompany(claims);
  const fields = {
    kind: need(claims, 'kind'),
    transactionIds: idsOf(group, ({ transactionId }) => transactionId),
    ...takeParty(claims, 'holder'),
    ...takeParty(claims, 'counterparty'),
    ...take(claims, 'sequence', 'stockClass', 'shares', 'ownership', 'sharesOutstanding'),
    ...take(claims, 'toStockClass', 'toShares', 'ratio', 'consideration', 'comparedWith'),
    date: needDate(claims, 'effectiveOn'),
  };
  return { type: 'stake-changed', company, ...fields, ...settled(group, claims, company.value) };
}

function say(data: DataOf<'stake-changed'>, read: Read) {
  const { holder, counterparty } = data;
  return present({
    company: named(data.company, read),
    kind: data.kind,
    effectiveOn: readDate(data.effectiveOn),
    holder: holder === undefined ? undefined : named(holder, read),
    counterparty: counterparty === undefined ? undefined : named(counterparty, read),
    sequence: data.sequence,
    stockClass: data.stockClass,
    shares: readShares(data),
    ownership: readOwnership(data),
    sharesOutstanding: data.sharesOutstanding,
    toStockClass: data.toStockClass,
    toShares: data.toShares,
    ratio: data.ratio,
    consideration: readConsideration(data.consideration),
    comparedWith: readComparisons(data.comparedWith, read),
  });
}
