import type { DataOf } from '#libs/events';
import { need, needDate, needParty, take } from '../compete.ts';
import type { StanceStated } from '../fact.ts';
import type { Read } from '../key.ts';
import { present, readDate, readSubject } from '../stated.ts';
import { compete, named, settled, type Group } from './group.ts';

/** What a party says it will do (docs/rules.md#b4). */
export function mergeStance(group: Group<'stance-stated'>, read: Read): StanceStated {
  const claims = compete(group, (data) => say(data, read));
  const party = needParty(claims, 'party');
  const fields = {
    stanceId: group.ranked[0].claim.data.stanceId,
    toward: need(claims, 'toward'),
    stance: need(claims, 'stance'),
    ...take(claims, 'why'),
    date: needDate(claims, 'effectiveOn'),
  };
  return { type: 'stance-stated', party, ...fields, ...settled(group, claims, null) };
}

function say(data: DataOf<'stance-stated'>, read: Read) {
  return present({
    party: named(data.party, read),
    toward: readSubject(data.toward, read),
    stance: data.stance,
    why: data.why,
    effectiveOn: readDate(data.effectiveOn),
  });
}
