import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CLAIM_TYPES, type ClaimType } from './claim.ts';
import { examples } from './examples.ts';
import { FAULTS_MAX } from './fault.ts';
import type { Header } from './headers.ts';
import { POINTER_LENGTH_MAX, isBadText } from './pointer.ts';
import { VALUE_BYTES_MAX, read, readEnvelope, type Reading } from './read.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const headers = (type: ClaimType): Header[] => [
  ['ce_specversion', bytes('1.0')],
  ['ce_id', bytes('x')],
  ['ce_source', bytes('y')],
  ['ce_type', bytes(type)],
];

/** Reads a value of one type in binary mode; the answer must be one that can be stored. */
function readValue(value: string | Uint8Array, type: ClaimType = 'party-described'): Reading {
  const received = typeof value === 'string' ? bytes(value) : value;
  return expectSound(read({ key: null, value: received, headers: headers(type) }));
}

function expectSound(reading: Reading): Reading {
  if (reading.ok) return reading;
  expect(reading.faults.length).toBeGreaterThan(0);
  expect(reading.faults.length).toBeLessThanOrEqual(FAULTS_MAX);
  expect(reading.faults[0]!.code).toBe(reading.reason);
  for (const { pointer, expected } of reading.faults) {
    expect(isBadText(pointer) || isBadText(expected)).toBe(false);
    expect(pointer.length).toBeLessThanOrEqual(POINTER_LENGTH_MAX);
    expect(pointer).toMatch(/^(?:\/.*)?$/su);
  }
  return reading;
}

const party = '"party":"acme-ai","effectiveOn":"2024"';
const extra = (json: string): string => `{${party},"extra":${json}}`;

describe('reading never throws', () => {
  it('whatever the bytes and headers', () => {
    const anyBytes = fc.uint8Array({ maxLength: 64 });
    const name = fc.oneof(
      fc.constantFrom('ce_id', 'CE_SOURCE', 'ce_type', 'ce_specversion', 'ce_time', 'content-type'),
      fc.string(),
    );
    const value = fc.oneof(anyBytes, fc.json().map(bytes), fc.string().map(bytes));
    fc.assert(
      fc.property(
        fc.option(value),
        fc.array(fc.tuple(name, fc.option(fc.oneof(anyBytes, value)))),
        (received, someHeaders) => {
          expectSound(read({ key: null, value: received, headers: someHeaders }));
        },
      ),
    );
  });

  it('whatever stands in a claim’s fields, and says the same in either mode', () => {
    const anything = fc.jsonValue({ noUnicodeString: false, maxDepth: 3 });
    const type = fc.constantFrom(...CLAIM_TYPES);
    const changes = fc.dictionary(fc.constantFrom(...fieldNames()), anything);
    fc.assert(
      fc.property(type, changes, (ofType, fields) => {
        const text = JSON.stringify({ ...examples[ofType], ...fields });
        const data: unknown = JSON.parse(text);
        const reading = readValue(text, ofType);
        const envelope = { specversion: '1.0', id: 'x', source: 'y', type: ofType, data };
        const inEnvelope = readEnvelope(envelope);
        if (reading.ok) expect(inEnvelope).toEqual(reading);
        else
          expect(inEnvelope).toEqual({
            ...reading,
            faults: reading.faults.map((fault) => ({
              ...fault,
              pointer: `/data${fault.pointer}`,
            })),
          });
      }),
      { numRuns: 500 },
    );
  });

  it('whatever an envelope is that did not come from JSON', () => {
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true }),
        (odd) => {
          expectSound(readEnvelope(odd));
          expectSound(readEnvelope({ specversion: '1.0', data: odd, extension: odd }));
        },
      ),
    );
    const circle: Record<string, unknown> = { specversion: '1.0' };
    circle.data = circle;
    expect(readEnvelope(circle).ok).toBe(false);
  });
});

function fieldNames(): string[] {
  return [...new Set(CLAIM_TYPES.flatMap((type) => Object.keys(examples[type])))];
}

describe('a value of 1 MiB is read, whatever it is made of', () => {
  /** Generous: on an idle machine the slowest takes half a second. */

  const fill = (open: string, item: string, close: string): string => {
    const room = VALUE_BYTES_MAX - open.length - close.length;
    return open + item.repeat(Math.floor(room / item.length)) + close;
  };
  const half = VALUE_BYTES_MAX / 2;

  it.each([
    ['nested lists', '['.repeat(half) + ']'.repeat(half), 'schema-violation'],
    ['lists never closed', '['.repeat(VALUE_BYTES_MAX), 'not-json'],
    [
      'nested lists in an unknown field',
      extra('['.repeat(500_000) + ']'.repeat(500_000)),
      'schema-violation',
    ],
    [
      'nested objects with bad text at every level',
      extra(`${'{"a":'.repeat(150_000)}"\\u0000"${'}'.repeat(150_000)}`),
      'schema-violation',
    ],
    ['a list of wrong items', fill(`{${party},"aliases":[`, '0,', '0]}'), 'schema-violation'],
    ['a list of bad texts', fill(`{${party},"extra":[`, '"\\u0000",', '0]}'), 'bad-text'],
    [
      'bad texts under a long key',
      fill(`{${party},"${'k'.repeat(half)}":[`, '"\\ud800",', '0]}'),
      'bad-text',
    ],
    ['a long id', `{"party":"${'a'.repeat(1_000_000)}","effectiveOn":"2024"}`, 'schema-violation'],
    ['a huge number', extra('9'.repeat(1_000_000)), 'schema-violation'],
    ['zeros', '\u0000'.repeat(VALUE_BYTES_MAX), 'not-json'],
  ])('%s', (_, value, reason) => {
    expect(readValue(value)).toMatchObject({ reason });
  });

  it.each([
    ['one long name', extra(`"${'x'.repeat(1_000_000)}"`)],
    ['escapes', extra(`"${'\\n'.repeat(500_000)}"`)],
    ['small integers', extra(`[${'1,'.repeat(500_000)}1]`)],
    [
      'very many keys',
      extra(`{${Array.from({ length: 80_000 }, (_, i) => `"${80_000 - i}":1`).join()}}`),
    ],
  ])('%s, which is fine', (_, value) => {
    expect(readValue(value).ok).toBe(true);
  });
});

it('reads past 100,000 headers', () => {
  const many = Array.from({ length: 100_000 }, (_, i): Header => [`h${i}`, bytes('v')]);
  const contrary = many.map((_, i): Header => ['ce_id', bytes(`${i}`)]);
  const value = bytes(`{${party}}`);
  const ours = headers('party-described');
  expect(read({ key: null, value, headers: [...many, ...ours] }).ok).toBe(true);
  expect(expectSound(read({ key: null, value, headers: [...ours, ...contrary] }))).toMatchObject({
    reason: 'no-envelope',
    faults: [{ pointer: '/headers/ce_id' }],
  });
});

it('tells an envelope too large to publish, as reading its bytes would', () => {
  const envelope = { specversion: '1.0', id: 'x', source: 'y', type: 'party-described', data: 1 };
  const large = { ...envelope, data: { party: 'a', effectiveOn: '2024', x: '界'.repeat(350_000) } };
  expect(readEnvelope(large)).toMatchObject({ reason: 'too-large', identity: { id: 'x' } });
});
