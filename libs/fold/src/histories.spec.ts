import { describe, expect, it } from '@jest/globals';
import { deal, ledger, party, type Telling } from '../../../test/telling.ts';
import { believe } from './believe.ts';
import { historyOfDeal, historyOfParty } from './histories.ts';

const facts = (...tellings: readonly Telling[]) => [...believe(ledger(...tellings)).facts.values()];

describe('B6: histories', () => {
  it('carries what a later stage of a deal does not state forward, along announcedOn', () => {
    const stages = facts(
      deal({ announcedOn: '2024-03', stage: 'signed', participants: [{ investor: 'bo' }] }),
      deal({
        announcedOn: '2024-01-10',
        label: 'talks',
        amount: { amount: '5', currency: 'USD', qualifier: 'about' },
        participants: [{ investor: 'ann' }, { investor: 'cy' }],
      }),
      deal({ announcedOn: '2024-05', stage: 'dropped' }),
    ).filter((fact) => fact.type === 'deal-announced');
    const amount = { value: { amount: '5', currency: 'USD', qualifier: 'about' }, entry: 2 };
    const told = historyOfDeal(stages).map((state) => [
      state.date.text,
      state.stage.value,
      state.label?.value,
      state.amount,
      state.participants.map(({ investor }) => investor.value),
    ]);
    expect(told).toEqual([
      ['2024-01-10', 'in-talks', 'talks', amount, ['ann', 'cy']],
      ['2024-03', 'signed', 'talks', amount, ['bo']],
      ['2024-05', 'dropped', 'talks', amount, ['bo']],
    ]);
  });

  it('holds of a party the newest effective statement of each field', () => {
    const descriptions = facts(
      party({ effectiveOn: '2024-06', country: 'SG' }),
      party({ effectiveOn: '2023', name: 'Acme', country: 'CN', roles: ['company'] }, 'filing'),
    ).filter((fact) => fact.type === 'party-described');
    expect(historyOfParty(descriptions)).toMatchObject([
      { date: { text: '2023' }, name: { entry: 2 }, country: { value: 'CN', entry: 2 } },
      {
        date: { text: '2024-06' },
        name: { value: 'Acme', entry: 2 },
        country: { value: 'SG', entry: 1 },
      },
    ]);
  });
});
