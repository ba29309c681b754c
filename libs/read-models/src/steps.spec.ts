import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { StepBatch } from './step-batch.ts';
import { compareSteps, step } from './steps.ts';
import type { Step, StepTable } from './steps.ts';

const table: StepTable = { name: 'holding', key: [['holder', 'text']], values: ['units'] };
const units = (holder: string, value: string): Step => step(table, [holder], [value]);

describe('compareSteps', () => {
  it('closes what is no longer believed, opens what is new and leaves the rest', () => {
    const { closed, opened } = compareSteps(
      [units('ann', '1'), units('bo', '2'), units('cy', '3')],
      [units('ann', '1'), units('bo', '4'), units('di', '5')],
    );
    expect(closed).toEqual([units('bo', '2'), units('cy', '3')]);
    expect(opened).toEqual([units('bo', '4'), units('di', '5')]);
  });

  it('turns what was believed into what is wanted, and touches nothing twice', () => {
    const steps = fc.uniqueArray(
      fc.tuple(fc.constantFrom('ann', 'bo', 'cy', 'di'), fc.constantFrom('1', '2')),
      { selector: ([holder]) => holder },
    );
    fc.assert(
      fc.property(steps, steps, (before, after) => {
        const believed = before.map((each) => units(...each));
        const wanted = after.map((each) => units(...each));
        const { closed, opened } = compareSteps(believed, wanted);
        const result = new Map(believed.map((each) => [each.name, each]));
        for (const each of closed) expect(result.delete(each.name)).toBe(true);
        for (const each of opened) {
          expect(result.has(each.name)).toBe(false);
          result.set(each.name, each);
        }
        expect(new Set(result.values())).toEqual(new Set(wanted));
      }),
    );
  });
});

describe('StepBatch', () => {
  it('keeps a row that it opened and closed, and closes a row from before only once', () => {
    const batch = new StepBatch();
    batch.apply(7, { closed: [units('ann', '1')], opened: [units('ann', '2')] });
    batch.apply(9, { closed: [units('ann', '2')], opened: [units('ann', '1')] });
    expect(batch.closed.get(table)).toEqual([{ step: units('ann', '1'), knownTo: 7 }]);
    expect(batch.opened.get(table)).toEqual([
      { step: units('ann', '2'), knownFrom: 7, knownTo: 9 },
      { step: units('ann', '1'), knownFrom: 9, knownTo: null },
    ]);
  });
});
