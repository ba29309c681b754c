import { describe, expect, it } from '@jest/globals';
import { ledger, rate, retraction, type Telling } from '../../../test/telling.ts';
import { believe } from './believe.ts';
import { printAt } from './exact.ts';

/** `[rate at 6 decimals, its day, its entries]`, or null. */
function asked(from: string, to: string, on: string, ...tellings: readonly Telling[]) {
  const found = believe(ledger(...tellings)).rates.rateOn(from, to, on);
  return found === null ? null : [printAt(found.rate, 6), found.on, ...found.entries];
}

const usdCny = (on: string, price: string, basis?: 'filing'): Telling =>
  rate({ base: 'USD', quote: 'CNY', on, rate: price }, basis);
const cnyUsd = (on: string, price: string): Telling =>
  rate({ base: 'CNY', quote: 'USD', on, rate: price });

describe('C1: the rate of two currencies on a day', () => {
  it('is the latest on or before the day', () => {
    const told = [
      usdCny('2024-01-10', '7.1'),
      usdCny('2024-01-20', '7.2'),
      usdCny('2024-01-30', '7.3'),
    ];
    expect(asked('USD', 'CNY', '2024-01-20', ...told)).toEqual(['7.200000', '2024-01-20', 2]);
    expect(asked('USD', 'CNY', '2024-01-29', ...told)).toEqual(['7.200000', '2024-01-20', 2]);
    expect(asked('USD', 'CNY', '2024-01-09', ...told)).toBeNull();
  });

  it('is the inverse where that is the latest, exactly', () => {
    expect(asked('CNY', 'USD', '2024-01-20', usdCny('2024-01-10', '7'))).toEqual([
      '0.142857',
      '2024-01-10',
      1,
    ]);
    const told = [usdCny('2024-01-10', '7'), cnyUsd('2024-01-11', '0.125')];
    expect(asked('USD', 'CNY', '2024-01-20', ...told)).toEqual(['8.000000', '2024-01-11', 2]);
  });

  it('is the direct one of two on the same day', () => {
    const told = [cnyUsd('2024-01-10', '0.125'), usdCny('2024-01-10', '7')];
    expect(asked('USD', 'CNY', '2024-01-10', ...told)).toEqual(['7.000000', '2024-01-10', 2]);
    expect(asked('CNY', 'USD', '2024-01-10', ...told)).toEqual(['0.125000', '2024-01-10', 1]);
  });

  it('goes through USD only where there is neither, however old it is', () => {
    const through = [
      rate({ base: 'EUR', quote: 'USD', rate: '1.1', on: '2024-01-05' }),
      usdCny('2024-01-10', '7'),
    ];
    expect(asked('EUR', 'CNY', '2024-01-20', ...through)).toEqual(['7.700000', '2024-01-05', 1, 2]);
    const old = rate({ base: 'EUR', quote: 'CNY', rate: '8', on: '1999-01-01' });
    expect(asked('EUR', 'CNY', '2024-01-20', ...through, old)).toEqual([
      '8.000000',
      '1999-01-01',
      3,
    ]);
    const later = rate({ base: 'EUR', quote: 'CNY', rate: '8', on: '2024-02-01' });
    expect(asked('EUR', 'CNY', '2024-01-20', ...through, later)).toEqual([
      '7.700000',
      '2024-01-05',
      1,
      2,
    ]);
  });

  it('goes through no other currency', () => {
    const told = [
      rate({ base: 'EUR', quote: 'CNY', rate: '8' }),
      rate({ base: 'CNY', quote: 'JPY', rate: '20' }),
    ];
    expect(asked('EUR', 'JPY', '2024-01-20', ...told)).toBeNull();
    expect(asked('EUR', 'USD', '2024-01-20', ...told)).toBeNull();
  });

  it('of a currency to itself is one and rests on no entry', () => {
    expect(asked('CNY', 'CNY', '2024-01-20')).toEqual(['1.000000', '2024-01-20']);
  });

  it('is that of the strongest claim on the day, of those that stand', () => {
    const told = [usdCny('2024-01-10', '7.1', 'filing'), usdCny('2024-01-10', '7.2')];
    expect(asked('USD', 'CNY', '2024-01-20', ...told)).toEqual(['7.100000', '2024-01-10', 1]);
    expect(asked('USD', 'CNY', '2024-01-20', ...told, retraction(1))).toEqual([
      '7.200000',
      '2024-01-10',
      2,
    ]);
  });
});
