import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { CLAIM_TYPES, type ClaimType } from './claim.ts';
import { examples } from './examples.ts';
import type { Header } from './headers.ts';
import { VALUE_BYTES_MAX, read, readEnvelope, type Reading, type Received } from './read.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const identity = { source: 'news-desk', id: 'nd-1' };
const attributes = { specversion: '1.0', ...identity };

const binary = (
  value: string | Uint8Array | null,
  headers: Record<string, string | null>,
): Received => ({
  key: bytes('acme-ai'),
  value: typeof value === 'string' ? bytes(value) : value,
  headers: Object.entries(headers).map(([name, text]): Header => [
    name,
    text === null ? null : bytes(text),
  ]),
});

const headersOf = (type: string): Record<string, string> => ({
  ce_specversion: '1.0',
  ce_id: identity.id,
  ce_source: identity.source,
  ce_type: type,
});

const structured = (envelope: object, contentType?: string): Received =>
  binary(
    JSON.stringify(envelope),
    contentType === undefined ? {} : { 'content-type': contentType },
  );

const rate = examples['fx-rate-published'];
const json = JSON.stringify(rate);

function claimOf(reading: Reading) {
  if (!reading.ok) throw new Error(JSON.stringify(reading));
  return reading;
}

function refusalOf(reading: Reading) {
  if (reading.ok) throw new Error('The record was read.');
  return reading;
}

describe('a record in binary mode', () => {
  it.each(CLAIM_TYPES)('is read: %s', (type) => {
    const time = '2024-02-20T08:00:00.25+08:00';
    const headers = { ...headersOf(type), ce_time: time, 'content-type': 'application/json' };
    const { claim, facts, content } = claimOf(
      read(binary(JSON.stringify(examples[type]), headers)),
    );
    expect(claim).toEqual({ type, ...identity, version: 1, time, data: examples[type] });
    expect(facts.saidAt).toBe(1_708_387_200_250_000n);
    expect(content.startsWith(`${type}\n{"`)).toBe(true);
  });

  it('has its version in dataschema, whatever comes before', () => {
    const headers = headersOf('fx-rate-published');
    const version = (ce_dataschema: string | null) =>
      claimOf(read(binary(json, { ...headers, ce_dataschema }))).claim.version;
    expect(version('https://x.example/schemas/fx-rate-published/v1')).toBe(1);
    expect(version('/fx-rate-published/v1')).toBe(1);
    expect(version(null)).toBe(1);
  });

  it('compares header names case-insensitively and ignores those it does not know', () => {
    const headers = {
      CE_SpecVersion: '1.0',
      Ce_Id: identity.id,
      ce_SOURCE: identity.source,
      cE_type: 'fx-rate-published',
      ce_subject: 'x\u0000',
      traceparent: '00-0-0-00',
    };
    expect(claimOf(read(binary(json, headers))).claim).toMatchObject(identity);
  });

  it('may repeat a header, but not contradict itself', () => {
    const { headers } = binary(null, headersOf('fx-rate-published'));
    const repeated = (id: string): Received => ({
      key: null,
      value: bytes(json),
      headers: [...headers, ['CE_ID', bytes(id)]],
    });
    expect(read(repeated(identity.id)).ok).toBe(true);
    expect(refusalOf(read(repeated('nd-2')))).toMatchObject({
      reason: 'no-envelope',
      faults: [{ pointer: '/headers/CE_ID' }],
    });
  });
});

describe('a record in structured mode', () => {
  const envelope = { ...attributes, type: 'fx-rate-published', data: rate };

  it.each([
    'application/cloudevents+json',
    'Application/CloudEvents+JSON; charset=utf-8',
    'application/json',
    undefined,
  ])('is known by content type %s or by its specversion', (contentType) => {
    const { claim } = claimOf(read(structured(envelope, contentType)));
    expect(claim).toEqual({
      type: 'fx-rate-published',
      ...identity,
      version: 1,
      time: null,
      data: rate,
    });
  });

  it('says the same as one in binary mode', () => {
    fc.assert(
      fc.property(fc.constantFrom(...CLAIM_TYPES), fc.jsonValue(), (type, extra) => {
        const data = { ...examples[type], extra };
        const inHeaders = read(binary(JSON.stringify(data), headersOf(type)));
        const inValue = read(structured({ ...attributes, type, data }));
        expect(inValue).toEqual(inHeaders);
        expect(inHeaders.ok).toBe(true);
      }),
    );
  });

  it('goes by its content type even where headers could make an envelope too', () => {
    const received = structured(envelope, 'application/cloudevents+json');
    const headers: Header[] = [...received.headers, ['ce_id', bytes('another')]];
    expect(claimOf(read({ ...received, headers })).claim.id).toBe(identity.id);
  });

  it('takes null for an absent attribute, as CloudEvents does', () => {
    const nulls = { ...envelope, time: null, dataschema: null, subject: null };
    expect(claimOf(read(structured(nulls))).claim).toMatchObject({ version: 1, time: null });
  });

  it.each(['application/cloudevents-batch+json', 'application/cloudevents+avro'])(
    'is not of content type %s',
    (contentType) => {
      expect(refusalOf(read(structured(envelope, contentType)))).toMatchObject({
        reason: 'no-envelope',
        faults: [{ pointer: '/headers/content-type' }],
      });
    },
  );
});

describe('the same content', () => {
  const contentOf = (value: string, type = 'fx-rate-published') =>
    claimOf(read(binary(value, headersOf(type)))).content;

  it('is the same in whatever way the JSON is written', () => {
    const rewritten = JSON.stringify(Object.fromEntries(Object.entries(rate).reverse()), null, 2);
    expect(contentOf(rewritten.replace('USD', String.raw`\u0055SD`))).toBe(contentOf(json));
  });

  it('is another with another field, be it one that nobody knows', () => {
    expect(contentOf(json.replace('{', '{"desk":7,'))).not.toBe(contentOf(json));
    expect(contentOf(json.replace('7.2998', '7.29980'))).not.toBe(contentOf(json));
  });
});

describe('an unknown field', () => {
  it('is kept, at any depth and by any name', () => {
    const text =
      '{"desk":{"a":[1,{}]},"__proto__":{"kind":"x"},"constructor":1,"party":"acme","aliases":[],"effectiveOn":"2024"}';
    const { claim } = claimOf(read(binary(text, headersOf('party-described'))));
    expect(JSON.stringify(claim.data)).toBe(text);
    expect('kind' in claim.data).toBe(false);
  });

  it('inside a known one is kept too', () => {
    const data = { ...rate, sources: [{ publisher: 'Fed', basis: 'official', page: 3 }] };
    const { claim } = claimOf(read(binary(JSON.stringify(data), headersOf('fx-rate-published'))));
    expect(claim.data).toEqual(data);
  });
});

describe('a value that is too large, empty or no JSON', () => {
  const headers = headersOf('fx-rate-published');
  const padded = (size: number) => json.padEnd(size);

  it('may have 1 MiB and not a byte more', () => {
    expect(read(binary(padded(VALUE_BYTES_MAX), headers)).ok).toBe(true);
    expect(refusalOf(read(binary(padded(VALUE_BYTES_MAX + 1), headers)))).toEqual({
      ok: false,
      reason: 'too-large',
      faults: [{ code: 'too-large', pointer: '', expected: 'a value of at most 1048576 bytes' }],
      identity,
    });
  });

  it.each([
    ['empty-value', null],
    ['empty-value', ''],
    ['not-json', ' '],
    ['not-json', '{"base":"USD"'],
    ['not-json', "{'base':'USD'}"],
    ['not-json', '{"rate":7.2998,}'],
    ['not-json', '{"rate":NaN}'],
    ['not-json', '"raw \u0000"'],
    ['not-json', `\ufeff${json}`],
    ['not-json', Uint8Array.of(0x22, 0xff, 0x22)],
    ['not-json', Uint8Array.of(0x22, 0xed, 0xa0, 0x80, 0x22)],
  ])('is %s: %j', (reason, value) => {
    expect(refusalOf(read(binary(value, headers)))).toMatchObject({
      reason,
      faults: [{ code: reason, pointer: '' }],
      identity,
    });
    expect(refusalOf(read(binary(value, {}))).reason).toBe(reason);
  });

  it('counts a repeated key once: the last, as every JSON parser at hand does', () => {
    const repeated = json.replace('{', '{"rate":"0",');
    expect(claimOf(read(binary(repeated, headers))).content).toBe(
      claimOf(read(binary(json, headers))).content,
    );
  });
});

describe('every line of the example story', () => {
  const story = new URL('../../../data/large-model-race/events.ndjson', import.meta.url);
  const lines = readFileSync(story, 'utf8').trimEnd().split('\n');

  it.each(lines.map((line, i) => [i + 1, line] as const))('is read: %i', (_, line) => {
    const reading = read(binary(line, {}));
    const { claim } = claimOf(reading);
    const envelope = JSON.parse(line) as { type: ClaimType; data: object };
    expect(claim.data).toEqual(envelope.data);
    expect(readEnvelope(envelope)).toEqual(reading);
  });
});
