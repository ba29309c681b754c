import { describe, expect, it } from '@jest/globals';
import { deal, figure, ledger, party, round, stake, type Telling } from '../../../test/telling.ts';
import { believe } from './believe.ts';
import type { Fact } from './fact.ts';

/** The one fact that all of this is about. */
function factOf<T extends Fact['type']>(
  type: T,
  ...tellings: readonly Telling[]
): Extract<Fact, { type: T }> {
  const facts = [...believe(ledger(...tellings)).facts.values()];
  const [fact, another] = facts.filter((each) => each.type === type);
  if (fact === undefined || another !== undefined) throw new Error(`${facts.length} facts`);
  return fact as Extract<Fact, { type: T }>;
}

const roundOf = (...tellings: readonly Telling[]) => factOf('round-closed', ...tellings);
const stakeOf = (...tellings: readonly Telling[]) => factOf('stake-changed', ...tellings);
const usd = (amount: string) => ({ amount, currency: 'USD' });

describe('B4: competing claims, field by field', () => {
  it('takes each field from the strongest source that states it', () => {
    const fact = roundOf(
      round({ amount: usd('9'), postMoney: usd('50') }, 'official'),
      round({ amount: usd('8') }, 'filing'),
      round({ amount: usd('7'), stockClass: 'common' }, 'rumoured'),
      round({ stockClass: 'preferred' }, 'reported'),
    );
    expect(fact.amount).toEqual({ value: { ...usd('8'), qualifier: 'exact' }, entry: 2 });
    expect(fact.postMoney?.entry).toBe(1);
    expect(fact.stockClass).toEqual({ value: 'preferred', entry: 4 });
    expect(fact).toMatchObject({ strongest: 2, claims: [1, 2, 3, 4] });
  });

  it('takes of equals the highest position', () => {
    const fact = roundOf(round({ label: 'first' }), round({ label: 'then' }));
    expect(fact.label).toEqual({ value: 'then', entry: 2 });
    expect(fact.strongest).toBe(2);
  });

  it('ranks a claim by the best source it lists, and by `reported` without one', () => {
    const best = {
      ...round({ label: 'best' }),
      data: {
        ...round({ label: 'best' }).data,
        sources: [
          { publisher: 'x', basis: 'rumoured' },
          { publisher: 'y', basis: 'official' },
        ],
      },
    };
    expect(roundOf(best, round({ label: 'reported' }, 'reported')).label?.entry).toBe(1);
    expect(roundOf(round({ label: 'none' }), round({ label: 'x' }, 'rumoured')).label?.entry).toBe(
      1,
    );
    expect(roundOf(round({ label: 'x' }, 'reported'), round({ label: 'none' })).label?.entry).toBe(
      2,
    );
  });

  it('erases nothing by silence, nor by an empty list', () => {
    const fact = roundOf(
      round({ participants: [{ investor: 'ann' }], amount: usd('5') }, 'rumoured'),
      round({ participants: [], computeCommitments: [] }, 'filing'),
    );
    expect(fact.participants).toMatchObject([{ investor: { value: 'ann', entry: 1 } }]);
    expect(fact.amount?.entry).toBe(1);
    expect(fact.computeCommitments).toBeUndefined();
  });

  it('keeps a qualifier and a basis with their figure', () => {
    const vague = { ownershipQualifier: 'about', ownershipBasis: 'fully-diluted' } as const;
    const fact = stakeOf(
      stake({ ownership: '0.4', ...vague, shares: '10', sharesQualifier: 'over' }),
      stake({ ownership: '0.36', sharesQualifier: 'under' }, 'filing'),
    );
    expect(fact.ownership).toEqual({
      value: { figure: '0.36', qualifier: 'exact', basis: 'outstanding' },
      entry: 2,
    });
    expect(fact.shares).toEqual({ value: { figure: '10', qualifier: 'over' }, entry: 1 });
  });

  it('keeps `high` with `low`', () => {
    const fact = factOf(
      'figure-stated',
      figure({ low: '0.8', high: '0.9' }, 'filing'),
      figure({ low: '0.7', high: '0.95' }),
    );
    expect(fact.range).toEqual({ value: { low: '0.8', high: '0.9' }, entry: 1 });
  });

  it('reads a missing tranche as the first, and tells tranches apart', () => {
    expect(roundOf(round({}), round({ tranche: 1 })).claims).toEqual([1, 2]);
    expect(believe(ledger(round({}), round({ tranche: 2 }))).facts.size).toBe(2);
  });

  it('reads no field that its type does not have', () => {
    const extra = { investor: 'ann', shares: 5, ownership: {} };
    const told = deal({ participants: [extra] });
    const { participants } = factOf('deal-announced', {
      ...told,
      data: { ...told.data, participantsComplete: true, stockClass: [] },
    });
    expect(participants).toEqual([{ investor: { value: 'ann', said: 'ann', entry: 1 } }]);
  });

  it('counts every id that a claim states: ids do not compete', () => {
    const fact = roundOf(
      round({ dealId: 'd-1' }),
      round({ dealId: 'd-2' }, 'filing'),
      round({ dealId: 'd-1' }, 'official'),
    );
    expect(fact.dealIds).toEqual([
      { value: 'd-2', entry: 2 },
      { value: 'd-1', entry: 3 },
    ]);
    expect(fact.conflicts).toEqual([]);
  });
});

describe('B4: dates', () => {
  const closed = (closedOn: string, basis?: 'filing' | 'official' | 'rumoured') =>
    round({ closedOn }, basis);

  it('puts a date inside the winner’s vaguer date in its place', () => {
    const { date } = roundOf(closed('2024-03', 'filing'), closed('2024-03-27'));
    expect(date).toEqual({
      text: '2024-03-27',
      earliest: '2024-03-27',
      latest: '2024-03-27',
      approximate: false,
      precision: 'day',
      entry: 2,
    });
  });

  it('sharpens further and further, in order of strength', () => {
    const { date, conflicts } = roundOf(
      closed('2024', 'filing'),
      closed('2024-05-02', 'rumoured'),
      closed('2024-03-27'),
      closed('2024-03', 'official'),
    );
    expect(date).toMatchObject({ text: '2024-03-27', entry: 3 });
    expect(conflicts.map(({ entries }) => entries)).toEqual([[2, 3]]);
  });

  it('leaves a date alone that is as vague, or that is not within', () => {
    expect(roundOf(closed('2024-03', 'filing'), closed('2024-03~')).date.entry).toBe(1);
    expect(roundOf(closed('2024-03', 'filing'), closed('2024-04-01')).date.entry).toBe(1);
    expect(roundOf(closed('2024-03-27', 'filing'), closed('2024-03')).date.entry).toBe(1);
  });

  it('sharpens a founding date likewise', () => {
    const fact = factOf(
      'party-described',
      party({ foundedOn: '2023' }, 'filing'),
      party({ foundedOn: '2023-04' }),
    );
    expect(fact.foundedOn).toMatchObject({ text: '2023-04', entry: 2 });
  });
});

describe('B5: conflicts', () => {
  const conflicts = (...tellings: readonly Telling[]) =>
    [...believe(ledger(...tellings)).facts.values()].flatMap((fact) =>
      fact.conflicts.map(({ entries, companies }) => [entries.join(' '), ...companies]),
    );

  it('finds a losing value that differs, by the winner’s and the loser’s entry', () => {
    expect(conflicts(round({ amount: usd('5') }), round({ amount: usd('6') }))).toEqual([
      ['1 2', 'acme'],
    ]);
  });

  it('finds each loser, and each pair once', () => {
    const five = { amount: usd('5'), preMoney: usd('50') };
    const six = { amount: usd('6'), preMoney: usd('60') };
    expect(conflicts(round(five, 'filing'), round(six), round({ amount: usd('7') }))).toEqual([
      ['1 2', 'acme'],
      ['1 3', 'acme'],
    ]);
  });

  it('finds nothing between two losers, nor with a silent claim', () => {
    const told = [round({ amount: usd('5') }, 'filing'), round({ amount: usd('5') }), round({})];
    expect(conflicts(...told)).toEqual([]);
  });

  it('compares Decimals by value, but in their currency and with their qualifier', () => {
    const five = round({ amount: { amount: '5', currency: 'USD' } });
    expect(conflicts(five, round({ amount: { ...usd('5.00'), qualifier: 'exact' } }))).toEqual([]);
    expect(conflicts(five, round({ amount: { ...usd('5'), currency: 'CNY' } }))).toHaveLength(1);
    expect(conflicts(five, round({ amount: { ...usd('5'), qualifier: 'about' } }))).toHaveLength(1);
    const part = stake({ ownership: '0.40', ownershipBasis: 'outstanding' });
    expect(conflicts(part, stake({ ownership: '0.4' }))).toEqual([]);
    expect(conflicts(part, stake({ ownership: '0.4', ownershipQualifier: 'over' }))).toHaveLength(
      1,
    );
  });

  it('lets dates differ unless one contains the other', () => {
    expect(conflicts(round({ closedOn: '2024-03' }), round({ closedOn: '2024~' }))).toEqual([]);
    expect(conflicts(round({ closedOn: '2024-03' }), round({ closedOn: '2024-04' }))).toHaveLength(
      1,
    );
    const halves = [round({ closedOn: '2024-40' }), round({ closedOn: '2024-41' })];
    expect(conflicts(...halves)).toHaveLength(1);
  });

  it('never finds labels, names, aliases and notes in conflict, but keeps who lost', () => {
    const fact = roundOf(
      round({ label: 'a', computeCommitments: [{ provider: 'cloud', note: 'x' }] }),
      round({ label: 'b', computeCommitments: [{ provider: 'cloud', note: 'y' }] }),
    );
    expect(fact.conflicts).toEqual([]);
    expect(fact.contests.find(({ field }) => field === 'label')).toEqual({
      field: 'label',
      winner: { value: 'b', entry: 2 },
      losers: [{ value: 'a', entry: 1, conflicts: false }],
    });
    expect(
      conflicts(party({ name: 'A', aliases: ['a'] }), party({ name: 'B', aliases: ['b'] })),
    ).toEqual([]);
  });

  it('compares lists item by item in any order, and what an item leaves out as another value', () => {
    const half = { form: 'cash', portion: '0.5' } as const;
    const rest = { form: 'compute-credits', portion: '0.50' } as const;
    const paid = stake({ consideration: [half, rest] });
    const turned = [{ ...rest, portion: '0.5' }, half];
    expect(conflicts(paid, stake({ consideration: turned }))).toEqual([]);
    expect(conflicts(paid, stake({ consideration: [half, half] }))).toHaveLength(1);
    expect(conflicts(paid, stake({ consideration: [half] }))).toHaveLength(1);
    expect(
      conflicts(paid, stake({ consideration: [half, { form: 'compute-credits' }] })),
    ).toHaveLength(1);
  });

  it('lets a claim on another company compete, and shows it at both', () => {
    const told = [round({ company: 'brook' }, 'filing'), round({ company: 'acme' })];
    expect(conflicts(...told)).toEqual([['1 2', 'brook', 'acme']]);
    const { byCompany } = believe(ledger(...told));
    expect([...byCompany.keys()]).toEqual(['acme', 'brook']);
    expect(roundOf(...told).company).toEqual({ value: 'brook', said: 'brook', entry: 1 });
  });

  it('lets a claim of another kind compete', () => {
    expect(conflicts(round({ kind: 'debt' }), round({ kind: 'equity' }, 'filing'))).toEqual([
      ['1 2', 'acme'],
    ]);
  });

  it('has no company to show a party’s, a figure’s or a rate’s conflict at', () => {
    const told = [party({ country: 'CN' }), party({ country: 'SG' })];
    expect(conflicts(...told)).toEqual([['1 2']]);
  });

  it('finds the stages of a deal in conflict on one day only', () => {
    const talks = deal({ stage: 'in-talks' });
    expect(conflicts(talks, deal({ stage: 'signed' }))).toHaveLength(1);
    expect(conflicts(talks, deal({ stage: 'signed', announcedOn: '2024-02' }))).toEqual([]);
  });
});
