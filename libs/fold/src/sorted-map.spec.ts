import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SortedMap } from './sorted-map.ts';

describe('SortedMap', () => {
  it('holds what a Map would, in key order, and leaves its predecessors alone', () => {
    const step = fc.record({ key: fc.string({ maxLength: 2 }), value: fc.option(fc.integer()) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const model = new Map<string, number>();
        let map = SortedMap.empty<number>();
        for (const { key, value } of steps) {
          const before = map;
          const size = before.size;
          if (value === null) {
            model.delete(key);
            map = map.without(key);
          } else {
            model.set(key, value);
            map = map.set(key, value);
          }
          expect([...before.keys()]).toHaveLength(size);
          expect(map.get(key)).toBe(model.get(key));
        }
        const sorted = [...model].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
        expect([...map.entries()]).toEqual(sorted);
        expect(map.size).toBe(model.size);
      }),
    );
  });

  it('stays shallow when keys arrive in order', () => {
    let map = SortedMap.empty<number>();
    for (let i = 0; i < 20_000; i += 1) map = map.set(String(i).padStart(6, '0'), i);
    for (let i = 0; i < 20_000; i += 2) map = map.without(String(i).padStart(6, '0'));
    expect(map.size).toBe(10_000);
    expect(map.get('000001')).toBe(1);
    expect(map.get('000002')).toBeUndefined();
  });
});
