import type { DataOf } from '#libs/events';
import { need, needDate, take } from '../compete.ts';
import type { FigureStated } from '../fact.ts';
import type { Read } from '../key.ts';
import { present, readDate, readMoney, readSubject } from '../stated.ts';
import { compete, settled, type Group } from './group.ts';

/** A figure that is no deal (docs/rules.md#b4). */
export function mergeFigure(group: Group<'figure-stated'>, read: Read): FigureStated {
  const claims = compete(group, (data) => say(data, read));
  const fields = {
    figureId: group.ranked[0].claim.data.figureId,
    subject: need(claims, 'subject'),
    metric: need(claims, 'metric'),
    ...take(claims, 'country', 'amount', 'value', 'range'),
    date: needDate(claims, 'on'),
  };
  return { type: 'figure-stated', ...fields, ...settled(group, claims, null) };
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
