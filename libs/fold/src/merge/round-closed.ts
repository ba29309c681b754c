import type { DataOf } from '#libs/events';
import { need, needCompany, needDate, take } from '../compete.ts';
import type { RoundClosed } from '../fact.ts';
import type { Read } from '../key.ts';
import { mergeParticipants, readParticipants } from '../participants.ts';
import { present, readCommitments, readConversions, readDate, readMoney } from '../stated.ts';
import { compete, idsOf, named, settled, type Group } from './group.ts';

/** A tranche of a round (docs/rules.md#b4). */
export function mergeRound(group: Group<'round-closed'>, read: Read): RoundClosed {
  const claims = compete(group, (data) => say(data, read));
  const { roundId, tranche = 1 } = group.ranked[0].claim.data;
  const company = needCompany(claims);
  const fields = {
    roundId,
    tranche,
    dealIds: idsOf(group, ({ dealId }) => dealId),
    kind: need(claims, 'kind'),
    ...take(claims, 'label', 'roundType', 'amount', 'preMoney', 'postMoney'),
    ...take(claims, 'sequence', 'stockClass', 'pricePerShare', 'sharesIssued'),
    ...take(claims, 'conversions', 'computeCommitments'),
    ...mergeParticipants(claims),
    date: needDate(claims, 'closedOn'),
  };
  return { type: 'round-closed', company, ...fields, ...settled(group, claims, company.value) };
}

function say(data: DataOf<'round-closed'>, read: Read) {
  return present({
    company: named(data.company, read),
    kind: data.kind,
    closedOn: readDate(data.closedOn),
    label: data.label,
    roundType: data.roundType,
    sequence: data.sequence,
    amount: readMoney(data.amount),
    preMoney: readMoney(data.preMoney),
    postMoney: readMoney(data.postMoney),
    stockClass: data.stockClass,
    pricePerShare: readMoney(data.pricePerShare),
    sharesIssued: data.sharesIssued,
    participants: readParticipants(data, read),
    conversions: readConversions(data.conversions, read),
    computeCommitments: readCommitments(data.computeCommitments, read),
  });
}
