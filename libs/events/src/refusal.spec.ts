import { describe, expect, it } from '@jest/globals';
import { examples } from './examples.ts';
import type { Header } from './headers.ts';
import { read, readEnvelope, type Reading } from './read.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Faults as `code pointer`, the deciding one first. */
function faultsOf(reading: Reading): string[] {
  if (reading.ok) return [];
  expect(reading.reason).toBe(reading.faults[0]?.code);
  return reading.faults.map(({ code, pointer }) => `${code} ${pointer}`);
}

const inHeaders = (headers: Record<string, string>, value = '{}'): string[] =>
  faultsOf(
    read({
      key: null,
      value: bytes(value),
      headers: Object.entries(headers).map(([name, text]): Header => [name, bytes(text)]),
    }),
  );

const inEnvelope = (envelope: unknown): string[] => {
  const text = JSON.stringify(envelope);
  const reading = read({ key: null, value: bytes(text), headers: [] });
  expect(readEnvelope(JSON.parse(text))).toEqual(reading);
  return faultsOf(reading);
};

const attributes = {
  specversion: '1.0',
  id: 'nd-1',
  source: 'news-desk',
  type: 'fx-rate-published',
};
const envelope = { ...attributes, data: examples['fx-rate-published'] };

describe('a value that is no envelope, without headers', () => {
  it.each([[null], [1], ['text'], [[envelope]], [{}], [examples['fx-rate-published']]])(
    'is told both ways to send one: %j',
    (value) => {
      expect(inEnvelope(value)).toEqual(['no-envelope ']);
    },
  );
});

describe('an envelope', () => {
  it.each([
    [{ specversion: '0.3' }, 'no-envelope /specversion'],
    [{ specversion: 1 }, 'no-envelope /specversion'],
    [{ specversion: null }, 'no-envelope /specversion'],
    [{ id: null }, 'no-envelope /id'],
    [{ id: undefined }, 'no-envelope /id'],
    [{ id: '' }, 'schema-violation /id'],
    [{ id: 7 }, 'schema-violation /id'],
    [{ id: 'x'.repeat(201) }, 'schema-violation /id'],
    [{ id: '😀'.repeat(200) }, undefined],
    [{ id: 'a\tb' }, 'schema-violation /id'],
    [{ id: 'a\u2028b' }, 'schema-violation /id'],
    [{ id: 'a\u0000b' }, 'bad-text /id'],
    [{ id: 'a\ud800b' }, 'bad-text /id'],
    [{ source: undefined }, 'no-envelope /source'],
    [{ source: '' }, 'schema-violation /source'],
    [{ source: 'x'.repeat(1000) }, undefined],
    [{ source: 'x'.repeat(1001) }, 'schema-violation /source'],
    [{ source: '交易'.repeat(166) }, undefined],
    [{ source: '交易'.repeat(167) }, 'schema-violation /source'],
    [{ source: 'https://desk.example/a?b#c' }, undefined],
    [{ type: undefined }, 'no-envelope /type'],
    [{ type: '' }, 'unknown-type /type'],
    [{ type: 'Fx-Rate-Published' }, 'unknown-type /type'],
    [{ type: '__proto__' }, 'unknown-type /type'],
    [{ type: 'constructor' }, 'unknown-type /type'],
    [{ type: 7 }, 'unknown-type /type'],
    [{ dataschema: 'https://x.example/fx-rate-published/v1' }, undefined],
    [{ dataschema: 'https://x.example/fx-rate-published/v2' }, 'unknown-version /dataschema'],
    [{ dataschema: 'https://x.example/fx-rate-published/v0' }, 'unknown-version /dataschema'],
    [{ dataschema: 'https://x.example/fx-rate-published/v01' }, 'unknown-version /dataschema'],
    [{ dataschema: 'https://x.example/fx-rate-published/v1/' }, 'unknown-version /dataschema'],
    [{ dataschema: 'https://x.example/stance-stated/v1' }, 'unknown-version /dataschema'],
    [{ dataschema: '' }, 'unknown-version /dataschema'],
    [{ dataschema: 1 }, 'unknown-version /dataschema'],
    [{ time: '2024-02-20' }, 'schema-violation /time'],
    [{ time: '' }, 'schema-violation /time'],
    [{ time: 1708387200 }, 'schema-violation /time'],
    [{ data: undefined }, 'schema-violation /data'],
    [{ data: null }, 'schema-violation /data'],
    [{ data: [] }, 'schema-violation /data'],
    [{ data: '{}' }, 'schema-violation /data'],
    [{ data: undefined, data_base64: 'e30=' }, 'schema-violation /data'],
    [{ comment: 'a\u0000b' }, 'bad-text /comment'],
    [{ 'com\u0000ment': 1 }, 'bad-text '],
  ])('with %j: %s', (change, fault) => {
    expect(inEnvelope({ ...envelope, ...change })).toEqual(fault === undefined ? [] : [fault]);
  });

  it('in headers has the same faults, at its headers', () => {
    expect(inHeaders({ CE_Id: '', ce_type: 'rate', ce_time: 'now', ce_source: 'a\u0000' })).toEqual(
      [
        'no-envelope /headers/ce_specversion',
        'unknown-type /headers/ce_type',
        'bad-text /headers/ce_source',
        'schema-violation /headers/CE_Id',
        'schema-violation /headers/ce_time',
      ],
    );
  });

  it('in headers that are no UTF-8 has bad text', () => {
    const headers: Header[] = [
      ['ce_specversion', bytes('1.0')],
      ['ce_id', Uint8Array.of(0xff)],
    ];
    expect(faultsOf(read({ key: null, value: bytes('{}'), headers }))).toEqual([
      'no-envelope /headers/ce_source',
      'no-envelope /headers/ce_type',
      'bad-text /headers/ce_id',
    ]);
  });

  it('leaves its faults beside those of a value that cannot be read', () => {
    expect(inHeaders({ ce_type: 'rate', ce_id: 'x', ce_source: 'y' }, '{')).toEqual([
      'not-json ',
      'no-envelope /headers/ce_specversion',
      'unknown-type /headers/ce_type',
    ]);
  });
});

describe('identity', () => {
  const identityOf = (changes: object): unknown => {
    const reading = readEnvelope({ ...envelope, ...changes });
    return reading.ok ? undefined : reading.identity;
  };

  it('is told where source and id can be read, whatever else is wrong', () => {
    const known = { source: 'news-desk', id: 'nd-1' };
    expect(identityOf({ type: 'rate' })).toEqual(known);
    expect(identityOf({ data: 7 })).toEqual(known);
    expect(identityOf({ id: 7 })).toBeUndefined();
    expect(identityOf({ source: null })).toBeUndefined();
  });
});

describe('several faults in the data', () => {
  const data = {
    roundId: 'r\u0000',
    company: 'Acme AI',
    kind: 'series',
    tranche: 0,
    amount: { amount: 1000000, currency: 'USDT' },
    participants: [{ investor: 'giant' }, { amount: { amount: '1', currency: 'USD' } }, 7],
    sources: [{ publisher: 'x', basis: 'hearsay', publishedOn: '2024-02-30' }],
    note: ['fine', 'b\udfff'],
    'od\u0000d': 1,
    'a/b~c': { '': '\u0000' },
  };

  it('are all told at once, the particular before the general', () => {
    expect(inEnvelope({ ...attributes, type: 'round-closed', data })).toEqual([
      'bad-text /data/roundId',
      'bad-text /data/note/1',
      'bad-text /data',
      'bad-text /data/a~1b~0c/',
      'number-for-decimal /data/amount/amount',
      'unknown-enum /data/kind',
      'unknown-enum /data/amount/currency',
      'unknown-enum /data/sources/0/basis',
      'schema-violation /data/tranche',
      'schema-violation /data/company',
      'schema-violation /data/closedOn',
      'schema-violation /data/participants/1/investor',
      'schema-violation /data/participants/2',
      'schema-violation /data/sources/0/publishedOn',
    ]);
  });

  it('point into the data in binary mode', () => {
    const headers = {
      ce_specversion: '1.0',
      ce_id: 'x',
      ce_source: 'y',
      ce_type: 'fx-rate-published',
    };
    expect(inHeaders(headers, '{"base":"USD","quote":"ABC","rate":7.3,"on":"2024-02"}')).toEqual([
      'number-for-decimal /rate',
      'unknown-enum /quote',
      'schema-violation /on',
    ]);
  });

  it('say what should have been there', () => {
    const reading = readEnvelope({ ...envelope, data: { base: 'USD', quote: 7, rate: 7.3 } });
    expect(reading).toMatchObject({
      faults: [
        {
          code: 'number-for-decimal',
          expected:
            'a decimal string above zero such as "7.1", at most 28 digits before the point and 10 after',
        },
        { code: 'schema-violation', expected: 'a currency code of ISO 4217 such as "USD"' },
        { code: 'schema-violation', expected: 'a real day YYYY-MM-DD; it is required' },
      ],
    });
  });

  it('include what canonical JSON cannot write, wherever it stands', () => {
    const text = JSON.stringify({ ...envelope, extra: 0 }).replace('"extra":0', '"extra":-1e999');
    expect(faultsOf(read({ key: null, value: bytes(text), headers: [] }))).toEqual([
      'schema-violation /extra',
    ]);
    const inside = JSON.stringify(envelope).replace('"data":{', '"data":{"extra":[1,{"a":1e999}],');
    expect(faultsOf(read({ key: null, value: bytes(inside), headers: [] }))).toEqual([
      'schema-violation /data/extra/1/a',
    ]);
  });
});
