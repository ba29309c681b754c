import { describe, expect, it } from '@jest/globals';
import type { DataOf } from '#libs/events';
import { ledger, party, round, type Telling } from '../../../test/telling.ts';
import { believe } from './believe.ts';
import type { RoundClosed } from './fact.ts';
import type { Strength } from './timeline.ts';

type Listed = NonNullable<DataOf<'round-closed'>['participants']>;

const usd = (amount: string) => ({ amount, currency: 'USD' });
const cny = (amount: string) => ({ amount, currency: 'CNY' });
const list = (participants: Listed, basis?: Strength) => round({ participants }, basis);
const complete = (participants: Listed, basis?: Strength) =>
  round({ participants, participantsComplete: true }, basis);

function merged(...tellings: readonly Telling[]): RoundClosed {
  const facts = [...believe(ledger(...tellings)).facts.values()];
  const found = facts.find((fact) => fact.type === 'round-closed');
  if (found === undefined) throw new Error('no round');
  return found;
}

const names = (fact: RoundClosed) => fact.participants.map(({ investor }) => investor.value);
const pairs = (fact: RoundClosed) => fact.conflicts.map(({ entries }) => entries);

describe('B4: participants', () => {
  it('merge by investor, each field from the strongest claim that states it', () => {
    const fact = merged(
      list([{ investor: 'ann', amount: usd('5'), role: 'lead' }]),
      list([{ investor: 'ann', amount: usd('6') }], 'filing'),
      list([{ investor: 'ann', shares: '10', sharesQualifier: 'about' }], 'rumoured'),
    );
    expect(fact.participants).toEqual([
      {
        investor: { value: 'ann', said: 'ann', entry: 2 },
        role: { value: 'lead', entry: 1 },
        amounts: { value: [{ ...usd('6'), qualifier: 'exact' }], entry: 2 },
        amount: { value: { ...usd('6'), qualifier: 'exact' }, entry: 2 },
        shares: { value: { figure: '10', qualifier: 'about' }, entry: 3 },
      },
    ]);
  });

  it('come in the order of the strongest list, then of the next', () => {
    const fact = merged(
      list([{ investor: 'dee' }, { investor: 'ann' }], 'rumoured'),
      list([{ investor: 'cy' }, { investor: 'bo' }], 'filing'),
      list([{ investor: 'ann' }, { investor: 'bo' }]),
    );
    expect(names(fact)).toEqual(['cy', 'bo', 'ann', 'dee']);
  });

  it('are added up where one claim lists an investor twice', () => {
    const fact = merged(
      list([
        { investor: 'ann', amount: usd('5.5'), shares: '1', ownership: '0.1' },
        { investor: 'bo' },
        {
          investor: 'ann',
          role: 'lead',
          amount: { ...usd('4.50'), qualifier: 'over' },
          shares: '2',
          ownership: '0.05',
          ownershipQualifier: 'about',
        },
      ]),
    );
    expect(names(fact)).toEqual(['ann', 'bo']);
    expect(fact.participants[0]).toMatchObject({
      role: { value: 'lead' },
      amount: { value: { amount: '10', currency: 'USD', qualifier: 'over' } },
      shares: { value: { figure: '3', qualifier: 'exact' } },
      ownership: { value: { figure: '0.15', qualifier: 'about', basis: 'outstanding' } },
    });
  });

  it('are added up under the id they are read under, before claims compete', () => {
    const fact = merged(
      list([
        { investor: 'ann', amount: usd('5') },
        { investor: 'anna', amount: usd('6') },
      ]),
      party({ party: 'anna', sameAs: 'ann' }),
    );
    expect(fact.participants).toMatchObject([{ amount: { value: { amount: '11' } } }]);
  });

  it('keep one sum a currency', () => {
    const fact = merged(
      list([
        { investor: 'ann', amount: usd('5') },
        { investor: 'ann', amount: cny('7') },
        { investor: 'ann', amount: usd('1') },
      ]),
    );
    const [ann] = fact.participants;
    expect(ann?.amounts?.value).toEqual([
      { ...usd('6'), qualifier: 'exact' },
      { ...cny('7'), qualifier: 'exact' },
    ]);
    expect(ann?.amount).toBeUndefined();
  });

  it('turn portions of several listings into sums, since each is of its own amount', () => {
    const fact = merged(
      list([
        { investor: 'ann', amount: usd('10'), consideration: [{ form: 'cash', portion: '0.25' }] },
        { investor: 'ann', amount: usd('6') },
      ]),
    );
    const paid = {
      form: 'cash',
      amount: { ...usd('2.5'), qualifier: 'exact' },
      qualifier: 'exact',
    };
    expect(fact.participants[0]?.consideration?.value).toEqual([paid]);
  });
});

describe('B4: a complete list', () => {
  it('counts alone if it is the strongest; others still state fields of its investors', () => {
    const fact = merged(
      complete([{ investor: 'ann' }], 'filing'),
      list([{ investor: 'bo' }, { investor: 'ann', amount: usd('5') }]),
    );
    expect(names(fact)).toEqual(['ann']);
    expect(fact.participants[0]?.amount?.entry).toBe(2);
    expect(fact.participantsComplete).toEqual({ value: true, entry: 1 });
  });

  it('means nothing beside a stronger list, or without a list', () => {
    const weaker = merged(list([{ investor: 'ann' }], 'filing'), complete([{ investor: 'bo' }]));
    expect(names(weaker)).toEqual(['ann', 'bo']);
    expect(weaker.participantsComplete).toBeUndefined();
    const bare = merged(complete([], 'filing'), list([{ investor: 'ann' }]));
    expect(names(bare)).toEqual(['ann']);
    expect(bare.participantsComplete).toBeUndefined();
  });

  it('conflicts with a claim that names somebody it leaves out', () => {
    const named = list([{ investor: 'ann' }, { investor: 'bo' }]);
    expect(pairs(merged(complete([{ investor: 'ann' }], 'filing'), named))).toEqual([[1, 2]]);
    expect(pairs(merged(complete([{ investor: 'ann' }], 'rumoured'), named))).toEqual([[1, 2]]);
    const whole = complete([{ investor: 'ann' }, { investor: 'bo' }, { investor: 'cy' }]);
    expect(pairs(merged(whole, named))).toEqual([]);
  });

  it('conflicts, where it loses, with the strongest claim that names whom it leaves out', () => {
    const fact = merged(
      list([{ investor: 'ann' }], 'filing'),
      list([{ investor: 'bo' }], 'official'),
      list([{ investor: 'bo' }]),
      complete([{ investor: 'ann' }], 'rumoured'),
    );
    expect(pairs(fact)).toEqual([[2, 4]]);
  });

  it('lets no two lists conflict that do not say they are complete', () => {
    expect(pairs(merged(list([{ investor: 'ann' }]), list([{ investor: 'bo' }])))).toEqual([]);
  });
});

describe('B5: a participant’s fields', () => {
  it('conflict as the fact’s do', () => {
    const fact = merged(
      list([{ investor: 'ann', role: 'lead' }], 'filing'),
      list([{ investor: 'ann', role: 'participant' }]),
    );
    expect(pairs(fact)).toEqual([[1, 2]]);
    expect(fact.contests).toContainEqual({
      field: 'participants/ann/role',
      winner: { value: 'lead', entry: 1 },
      losers: [{ value: 'participant', entry: 2, conflicts: true }],
    });
  });
});
