import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ANY_COMPANIES, anyEntries } from '../../../test/any-claims.ts';
import { holds } from '../../../test/property.ts';
import { believe } from './believe.ts';
import { capTable } from './cap-table.ts';
import { isOutstanding, notional, type Company } from './company.ts';
import type { Entry } from './entry.ts';
import { evolve } from './evolve.ts';
import { daysOf, fold } from './fold.ts';
import type { LineStep, Timeline } from './timeline.ts';

const entries = anyEntries(24);

/** Every company after every of its days. */
function statesOf(told: readonly Entry[]): Company[] {
  const belief = believe(told);
  return ANY_COMPANIES.flatMap((id) => {
    let company = notional(id);
    return daysOf(belief, id).map((day) => {
      ({ company } = evolve(company, day, belief));
      return company;
    });
  });
}

function timelinesOf(told: readonly Entry[]): Timeline[] {
  const belief = believe(told);
  return ANY_COMPANIES.map((company) => fold(belief, company));
}

/** All lines as of the last day, ended ones too. */
function linesAtLast({ days }: Timeline): LineStep[] {
  const lines = new Map<string, LineStep>();
  for (const line of days.flatMap((day) => day.lines)) {
    lines.set(`${line.holder} ${line.stockClass ?? ''}`, line);
  }
  return [...lines.values()];
}

describe('whatever is claimed', () => {
  it('T is what all lines add up to, since every posting sums to zero', () => {
    holds([entries], (told) => {
      for (const { holders, unitsInIssue, unitsOutstanding } of statesOf(told)) {
        let total = 0n;
        let outstanding = 0n;
        for (const { lines } of holders.values()) {
          for (const [stockClass, { units }] of lines) {
            total += units;
            if (isOutstanding(stockClass)) outstanding += units;
          }
        }
        expect(total).toBe(unitsInIssue);
        expect(outstanding).toBe(unitsOutstanding);
      }
    });
  });

  it('a pool with units knows its members, and their bounds know the pool', () => {
    holds([entries], (told) => {
      for (const { holders, pools } of statesOf(told)) {
        for (const [id, { stockClass, members }] of pools.entries()) {
          const units = holders.get(id)?.lines.find(([name]) => name === stockClass)?.[1].units;
          expect(units).not.toBe(0n);
          for (const member of members.keys()) {
            const line = holders.get(member)?.lines.find(([name]) => name === stockClass)?.[1];
            expect(line?.unknown.held.has(id)).toBe(true);
          }
        }
        for (const { lines } of holders.values()) {
          for (const [, { unknown }] of lines) {
            const held = [...unknown.held.keys()].map((pool) => {
              const of = pools.get(pool);
              const line = holders.get(pool)?.lines.find(([name]) => name === of?.stockClass);
              return line?.[1].units ?? 0n;
            });
            expect(unknown.poolUnits).toBe(held.reduce((sum, units) => sum + units, 0n));
          }
        }
      }
    });
  });

  it('the lines shown sum to 1, what sellers hide apart', () => {
    holds([entries], (told) => {
      for (const timeline of timelinesOf(told)) {
        const last = timeline.days.findLast(({ standing }) => standing !== undefined)?.standing;
        const total = linesAtLast(timeline).reduce((sum, { units }) => sum + units, 0n);
        expect(total).toBe(last?.unitsInIssue ?? 0n);
        const hidden = linesAtLast(timeline).some(({ unitsKnown }) => !unitsKnown);
        const table = capTable(timeline, '9999-12-31');
        if (hidden || last === undefined || last.unitsInIssue <= 0n) continue;
        const millionths = table.lines.map((line) =>
          Number((line.ownershipFullyDiluted ?? '0').replace('.', '')),
        );
        const sum = millionths.reduce((all, of) => all + of, 0);
        expect(Math.abs(sum - 1_000_000)).toBeLessThanOrEqual(table.lines.length);
      }
    });
  });

  it('a bound is never below what is known', () => {
    holds([entries], (told) => {
      for (const line of timelinesOf(told).flatMap(linesAtLast)) {
        if (line.unitsAtMost !== null) {
          expect(line.unitsAtMost).toBeGreaterThanOrEqual(line.units);
          expect(line.unknownStake).toBe(true);
        }
      }
    });
  });

  it('a day says nothing twice, and no day is empty', () => {
    holds([entries], (told) => {
      for (const { days } of timelinesOf(told)) {
        expect(days.map(({ day }) => day)).toEqual([...new Set(days.map(({ day }) => day))].sort());
        for (const { lines, findings } of days) {
          const keys = lines.map(({ holder, stockClass }) => JSON.stringify([holder, stockClass]));
          expect(new Set(keys).size).toBe(keys.length);
          const found = findings.map(({ kind, entries: of }) => JSON.stringify([kind, of]));
          expect(new Set(found).size).toBe(found.length);
        }
      }
    });
  });

  it('an uncontested set of claims folds alike in whatever order it arrived', () => {
    holds([entries, fc.infiniteStream(fc.nat())], (told, dice) => {
      const uncontested = withoutContests(told);
      const shuffled = uncontested
        .map((entry) => ({ entry, at: dice.next().value as number }))
        .sort((a, b) => a.at - b.at)
        .map(({ entry }) => entry);
      expect(timelinesOf(shuffled)).toEqual(timelinesOf(uncontested));
    });
  });
});

/** One claim a business key and no retractions: nothing competes. */
function withoutContests(told: readonly Entry[]): Entry[] {
  const belief = believe(told);
  const winners = new Set([...belief.facts.values()].map(({ strongest }) => strongest));
  return told.filter(
    ({ position, claim }) => winners.has(position) && claim.type !== 'entry-retracted',
  );
}
