import { compare, decimal } from './exact.ts';
import type { PartialDay } from './fact.ts';

/** Fields whose text is a Decimal: `1.0` and `1` are one value. */
const DECIMAL_FIELDS = new Set([
  'amount',
  'figure',
  'portion',
  'years',
  'numerator',
  'denominator',
  'low',
  'high',
  'rate',
  'value',
  'sharesOutstanding',
  'sharesIssued',
  'toShares',
]);

/** A note never conflicts; an id as stated is judged by what it is read as. */
const IGNORED_WITHIN = new Set(['note', 'said']);

/**
 * Whether two values of one field say different things. Decimals differ by value; dates unless one
 * contains the other; objects field by field, an absent field differing from a stated one; lists
 * unless each item of one has its own among the other's, in any order.
 * Rule: docs/rules.md#b5
 */
export function differs(field: string, a: unknown, b: unknown): boolean {
  if (typeof a === 'string' && typeof b === 'string') {
    return DECIMAL_FIELDS.has(field) ? compare(decimal(a), decimal(b)) !== 0 : a !== b;
  }
  if (Array.isArray(a) && Array.isArray(b)) return listsDiffer(a, b);
  if (isPartialDay(a) && isPartialDay(b)) return !contains(a, b) && !contains(b, a);
  if (isObject(a) && isObject(b)) return objectsDiffer(a, b);
  return a !== b;
}

/** Whether every day that `inner` can mean is one that `outer` can mean. */
export function contains(outer: PartialDay, inner: PartialDay): boolean {
  return outer.earliest <= inner.earliest && inner.latest <= outer.latest;
}

function listsDiffer(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return true;
  const left = [...b];
  return a.some((item) => {
    const same = left.findIndex((other) => !differs('', item, other));
    if (same >= 0) left.splice(same, 1);
    return same < 0;
  });
}

function objectsDiffer(a: Fields, b: Fields): boolean {
  const fields = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...fields].some(
    (field) => !IGNORED_WITHIN.has(field) && differs(field, a[field], b[field]),
  );
}

type Fields = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function isPartialDay(value: unknown): value is PartialDay {
  return isObject(value) && 'earliest' in value;
}
