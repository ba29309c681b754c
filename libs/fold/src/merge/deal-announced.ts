import type { DataOf } from '#libs/events';
import { need, needCompany, needDate, take } from '../compete.ts';
import type { DealAnnounced } from '../fact.ts';
import type { Read } from '../key.ts';
import { mergeParticipants, readParticipants } from '../participants.ts';
import { present, readCommitments, readDate, readMoney } from '../stated.ts';
import { compete, named, settled, type Group } from './group.ts';

/** A deal at one of its stages (docs/rules.md#b4). */
export function mergeDeal(group: Group<'deal-announced'>, read: Read): DealAnnounced {
  const claims = compete(group, (data) => say(data, read));
  const company = needCompany(claims);
  const fields = {
    dealId: group.ranked[0].claim.data.dealId,
    kind: need(claims, 'kind'),
    stage: need(claims, 'stage'),
    ...take(claims, 'label', 'roundType', 'amount', 'preMoney', 'postMoney', 'computeCommitments'),
    participants: mergeParticipants(claims).participants,
    date: needDate(claims, 'announcedOn'),
  };
  return { type: 'deal-announced', company, ...fields, ...settled(group, claims, company.value) };
}

function say(data: DataOf<'deal-announced'>, read: Read) {
  return present({
    company: named(data.company, read),
    kind: data.kind,
    stage: data.stage,
    announcedOn: readDate(data.announcedOn),
    label: data.label,
    roundType: data.roundType,
    amount: readMoney(data.amount),
    preMoney: readMoney(data.preMoney),
    postMoney: readMoney(data.postMoney),
    participants: readParticipants({ participants: partsOf(data) }, read),
    computeCommitments: readCommitments(data.computeCommitments, read),
  });
}

type Parts = NonNullable<DataOf<'deal-announced'>['participants']>;

/** A deal says nothing of shares, ownership or completeness: such fields are unknown ones here. */
function partsOf({ participants = [] }: DataOf<'deal-announced'>): Parts {
  return participants.map(({ investor, role, amount, consideration }) =>
    present({ investor, role, amount, consideration }),
  );
}
