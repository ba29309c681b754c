import { describe, expect, it } from '@jest/globals';
import { ledger, round, stake, type Telling } from '../../../test/telling.ts';
import { believe } from './believe.ts';
import { daysOf, fold } from './fold.ts';

/** The facts of `acme` in the order in which they are folded: the entries of each day. */
function order(...tellings: readonly Telling[]): Record<string, number[]> {
  const days = daysOf(believe(ledger(...tellings)), 'acme');
  return Object.fromEntries(
    days.map(({ day, facts }) => [day, facts.map((fact) => fact.strongest)]),
  );
}

const change = (effectiveOn: string, data: Parameters<typeof stake>[0] = {}) =>
  stake({ transactionId: effectiveOn, effectiveOn, ownership: '0.1', ...data });

describe('placing facts', () => {
  it('takes the earliest day of a date', () => {
    expect(
      order(round({ closedOn: '2024-03~' }), round({ roundId: 'b', closedOn: '2024-41' })),
    ).toEqual({ '2024-03-01': [1], '2024-07-01': [2] });
  });

  it('puts a vaguely dated change after the last round or issuance within its period', () => {
    expect(
      order(
        round({ closedOn: '2024-02-10' }),
        round({ roundId: 'b', kind: 'debt', closedOn: '2024-02-20' }),
        round({ roundId: 'c', closedOn: '2024-03-01' }),
        change('2024-02'),
        change('2024-02-15'), // A day is not vague,
        change('2024'), // a year is, and here its last is the issuance,
        change('2024-05-05', { kind: 'issuance' }),
        change('2023', { holder: 'bo' }), // and without any the first day it is.
      ),
    ).toEqual({
      '2023-01-01': [8],
      '2024-02-10': [1],
      '2024-02-15': [5],
      '2024-02-20': [2, 4],
      '2024-03-01': [3],
      '2024-05-05': [7, 6],
    });
  });

  it('places by the earliest day of a vaguely dated round, and only by the company’s own', () => {
    expect(
      order(
        round({ closedOn: '2024-40' }),
        round({ company: 'other', roundId: 'b' }),
        change('2024'),
      ),
    ).toEqual({ '2024-01-01': [1, 3] });
  });

  it('orders a day by sequence, rank and key', () => {
    const on = '2024-03-15';
    expect(
      order(
        change(on, { transactionId: 'z', kind: 'disclosure' }),
        change(on, { transactionId: 'y', kind: 'transfer' }),
        round({ roundId: 'b', tranche: 10 }),
        round({ roundId: 'b', tranche: 9 }),
        change(on, { transactionId: 'x', kind: 'issuance', shares: '1' }),
        change(on, { transactionId: 'w', kind: 'issuance' }),
        round({ roundId: 'a', sequence: 1 }),
        change(on, { transactionId: 'v', kind: 'exit', sequence: -1 }),
      ),
    ).toEqual({ [on]: [8, 5, 4, 3, 6, 2, 1, 7] });
  });

  it('says nothing of a company of which nothing is known', () => {
    expect(fold(believe([]), 'acme')).toEqual({ company: 'acme', days: [] });
  });
});
