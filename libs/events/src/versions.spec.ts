import { expect, it } from '@jest/globals';
import { z } from 'zod';
import { Versions } from './versions.ts';

/** A stake as version 1 had it, a percentage; version 2 states the part of the whole. */
const versionOne = Versions.first({
  schema: z.object({ holder: z.string(), percent: z.int().min(0).max(100) }),
  conditions: [],
});
const stake = versionOne.followedBy(
  { schema: z.object({ holder: z.string(), ownership: z.string() }), conditions: [] },
  ({ percent, ...rest }) => ({
    ...rest,
    ownership: percent === 100 ? '1' : `0.${`${percent}`.padStart(2, '0')}`,
  }),
);

it('reads old data in the newest version and leaves the old data as it was', () => {
  const old = Object.freeze({ holder: 'giant', percent: 36 });
  expect(stake.upcast(old, 1)).toEqual({ holder: 'giant', ownership: '0.36' });
  expect(old).toEqual({ holder: 'giant', percent: 36 });
});

it('keeps fields that no version knows', () => {
  const old = JSON.parse('{"holder":"giant","percent":5,"desk":"7","__proto__":{"a":1}}') as object;
  expect(JSON.stringify(stake.upcast(old, 1))).toBe(
    '{"holder":"giant","desk":"7","__proto__":{"a":1},"ownership":"0.05"}',
  );
});

it('passes data of the newest version through as it is', () => {
  const data = { holder: 'giant', ownership: '0.36' };
  expect(stake.upcast(data, 2)).toBe(data);
});

it('goes through every version in between', () => {
  const third = stake.followedBy(
    { schema: z.object({ owner: z.string(), ownership: z.string() }), conditions: [] },
    ({ holder, ...rest }) => ({ ...rest, owner: holder }),
  );
  expect(third.newest).toBe(3);
  expect(third.upcast({ holder: 'giant', percent: 100 }, 1)).toEqual({
    owner: 'giant',
    ownership: '1',
  });
  expect(third.upcast({ holder: 'giant', ownership: '0.1' }, 2)).toEqual({
    owner: 'giant',
    ownership: '0.1',
  });
});

it('judges each version by its own schema', () => {
  expect(z.validate(stake.at(1).compiled, { holder: 'giant', percent: 36 })).toBe(true);
  expect(z.validate(stake.at(2).compiled, { holder: 'giant', percent: 36 })).toBe(false);
  expect(() => stake.at(3)).toThrow('no version 3');
  expect(versionOne.newest).toBe(1);
});
