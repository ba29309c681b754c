import { DEPTH_MAX } from './canonical.ts';
import type { Faults } from './fault.ts';
import { isBadText, pointerTo } from './pointer.ts';

const GOOD_TEXT = 'text without U+0000 and lone surrogates';
const GOOD_KEYS = 'keys without U+0000 and lone surrogates';
const SHALLOW = `at most ${DEPTH_MAX} levels of lists and objects`;
const FINITE = 'a number within the range of IEEE 754 doubles (RFC 7493)';

/**
 * Finds what no canonical text can hold, wherever it stands: bad text in values and keys,
 * numbers out of range, nesting without end. Depth counts from the value; `path` leads to it.
 */
export function inspect(
  value: unknown,
  path: (string | number)[],
  faults: Faults,
  depth = 0,
): void {
  if (typeof value === 'object' && value !== null) {
    inspectInside(value, path, faults, depth);
    return;
  }
  const fault = faultOf(value);
  if (fault !== null) faults.add({ ...fault, pointer: pointerTo(path) });
}

function faultOf(
  value: unknown,
): { code: 'bad-text' | 'schema-violation'; expected: string } | null {
  switch (typeof value) {
    case 'string':
      return isBadText(value) ? { code: 'bad-text', expected: GOOD_TEXT } : null;
    case 'number':
      return value - value === 0 ? null : { code: 'schema-violation', expected: FINITE };
    case 'boolean':
    case 'object':
      return null;
    case 'undefined':
    case 'bigint':
    case 'symbol':
    case 'function':
      return { code: 'schema-violation', expected: 'a JSON value' };
  }
}

function inspectInside(
  value: object,
  path: (string | number)[],
  faults: Faults,
  depth: number,
): void {
  if (depth === DEPTH_MAX) {
    faults.add({ code: 'schema-violation', pointer: pointerTo(path), expected: SHALLOW });
    return;
  }
  const isList = Array.isArray(value);
  for (const key of Object.keys(value)) {
    if (faults.isFull) return;
    if (!isList && isBadText(key))
      faults.add({ code: 'bad-text', pointer: pointerTo(path), expected: GOOD_KEYS });
    path.push(key);
    inspect((value as Record<string, unknown>)[key], path, faults, depth + 1);
    path.pop();
  }
}
