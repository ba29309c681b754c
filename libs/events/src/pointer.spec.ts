import { expect, it } from '@jest/globals';
import { POINTER_LENGTH_MAX, pointerTo } from './pointer.ts';

it('escapes as RFC 6901 does', () => {
  expect(pointerTo([])).toBe('');
  expect(pointerTo(['participants', 0, 'a/b', 'm~n', '', ' "'])).toBe(
    '/participants/0/a~1b/m~0n// "',
  );
});

it('ends at the nearest ancestor that can be told', () => {
  expect(pointerTo(['data', 'a\u0000', 'b'])).toBe('/data');
  expect(pointerTo(['data', '\udc00', 'b'])).toBe('/data');
  expect(pointerTo(['data', '😀', 'b'])).toBe('/data/😀/b');
  const longest = 'k'.repeat(POINTER_LENGTH_MAX - '/data/'.length);
  expect(pointerTo(['data', longest])).toHaveLength(POINTER_LENGTH_MAX);
  expect(pointerTo(['data', `${longest}k`, 'b'])).toBe('/data');
  expect(pointerTo(['data', '/'.repeat(POINTER_LENGTH_MAX / 2)])).toBe('/data');
});
