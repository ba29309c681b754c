import { isParty, type DataOf } from '#libs/events';
import { need, needDate, take, type Competition } from '../compete.ts';
import type { FigureStated, Stated } from '../fact.ts';
import type { Read } from '../key.ts';
import { present, readDate, readMoney, readSubject } from '../stated.ts';
import { compete, settled, type Group } from './group.ts';

/** A figure that is no deal; its conflicts show at its subject, if that is a party (B4). */
export function mergeFigure(group: Group<'figure-stated'>, read: Read): FigureStated {
  const claims = compete(group, (data) => say(data, read));
  const subject = needSubject(claims);
  const fields = {
    figureId: group.ranked[0].claim.data.figureId,
    metric: need(claims, 'metric'),
    ...take(claims, 'country', 'amount', 'value', 'range'),
    date: needDate(claims, 'on'),
  };
  const home = isParty(subject.value) ? subject.value : null;
  return { type: 'figure-stated', subject, ...fields, ...settled(group, claims, home) };
}

/** A claim about another party competes, and the conflict shows at both, as with companies (B5). */
function needSubject(claims: Competition<{ readonly subject: string }>): Stated<string> {
  const winner = need(claims, 'subject');
  for (const { fields, position } of claims.ranked) {
    if (fields.subject === winner.value || !isParty(fields.subject)) continue;
    claims.contention.clash(winner.entry, position, [fields.subject]);
  }
  return winner;
}

function say(data: DataOf<'figure-stated'>, read: Read) {
  const { low, high } = data;
  return present({
    subject: readSubject(data.subject, read),
    metric: data.metric,
    on: readDate(data.on),
    country: data.country,
    amount: readMoney(data.amount),
    value: data.value,
    range: low === undefined && high === undefined ? undefined : present({ low, high }),
  });
}
