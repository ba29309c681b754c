import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { decodeBatches } from './record-batches.ts';

type Field = Buffer | null;

interface Batch {
  readonly base?: bigint;
  readonly attributes?: number;
  readonly producerId?: bigint;
  readonly compress?: (records: Buffer) => Buffer;
  readonly records: readonly {
    readonly key?: Field;
    readonly value?: Field;
    readonly headers?: readonly (readonly [Buffer, Field])[];
    readonly timeDelta?: number;
    readonly offsetDelta?: number;
  }[];
}

/** Encodes a batch as Kafka's documentation has it, apart from the code under test. */
function encode({ base = 0n, attributes = 0, producerId = -1n, compress, records }: Batch): Buffer {
  const encoded = records.map(({ key = null, value = null, headers = [], ...rest }, n) => {
    const { timeDelta = n, offsetDelta = n } = rest;
    const body = Buffer.concat([
      Buffer.of(0),
      varint(timeDelta),
      varint(offsetDelta),
      sized(key),
      sized(value),
      varint(headers.length),
      ...headers.flatMap(([name, content]) => [sized(name), sized(content)]),
    ]);
    return Buffer.concat([varint(body.length), body]);
  });
  const content = Buffer.concat(encoded);
  const head = Buffer.alloc(61);
  head.writeBigInt64BE(base, 0);
  head.writeInt8(2, 16);
  head.writeInt16BE(attributes, 21);
  head.writeInt32BE(records.at(-1)?.offsetDelta ?? records.length - 1, 23);
  head.writeBigInt64BE(1_000_000n, 27);
  head.writeBigInt64BE(2_000_000n, 35);
  head.writeBigInt64BE(producerId, 43);
  head.writeInt32BE(records.length, 57);
  const batch = Buffer.concat([head, compress?.(content) ?? content]);
  batch.writeInt32BE(batch.length - 12, 8);
  return batch;
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let zigzag = (BigInt(value) << 1n) ^ (BigInt(value) >> 63n);
  for (; zigzag > 0x7fn; zigzag >>= 7n) bytes.push(Number(zigzag & 0x7fn) | 0x80);
  return Buffer.from([...bytes, Number(zigzag)]);
}

const sized = (field: Field): Buffer =>
  field === null ? varint(-1) : Buffer.concat([varint(field.length), field]);

const text = (value: string) => Buffer.from(value);

describe('record batches', () => {
  it('keep headers byte for byte: order, repeats, nulls, __proto__, names that are no UTF-8', async () => {
    const headers = [
      [text('b'), text('1')],
      [text('__proto__'), text('x')],
      [text('b'), null],
      [text('a'), Buffer.alloc(0)],
      [Buffer.of(0xff, 0xfe), Buffer.of(0, 0xff)],
      [text('b'), text('3')],
    ] as const;
    const [record] = await decodeBatches(encode({ records: [{ headers }] }), []);
    const expected = [
      varint(6),
      ...headers.flatMap(([name, value]) => [sized(name), sized(value)]),
    ];
    expect(record?.headerBytes).toEqual(Buffer.concat(expected));
    expect(Object.entries(record?.headers ?? {})).toEqual([
      ['b', [text('1'), undefined, text('3')]],
      ['__proto__', text('x')],
      ['a', Buffer.alloc(0)],
      ['\ufffd\ufffd', Buffer.of(0, 0xff)],
    ]);
  });

  it('read 100,000 headers of one record without copying them over and over', async () => {
    const headers = Array.from({ length: 100_000 }, (_, n) => [text(`h${n}`), text('v')] as const);
    const bytes = encode({ records: [{ headers }] });
    const [record] = await decodeBatches(bytes, []);
    expect(Object.keys(record?.headers ?? {})).toHaveLength(100_000);
  });

  it('read 150,000 records of one batch', async () => {
    const records = Array.from({ length: 150_000 }, () => ({ value: text('x') }));
    const decoded = await decodeBatches(encode({ records, base: 7n }), []);
    expect(decoded).toHaveLength(150_000);
    expect(decoded.at(-1)).toMatchObject({ at: 150_006, offset: '150006', timeMs: 1_149_999 });
  });

  it('keep null and empty apart, and offsets and times with gaps', async () => {
    const records = [
      { key: null, value: Buffer.alloc(0), timeDelta: -5, offsetDelta: 0 },
      { key: Buffer.alloc(0), value: null, timeDelta: 8_589_934_592, offsetDelta: 1_000_000 },
    ];
    const decoded = await decodeBatches(encode({ records, base: 5_000_000_000n }), []);
    expect(decoded).toMatchObject([
      { key: null, value: Buffer.alloc(0), at: 5_000_000_000, timeMs: 999_995 },
      { key: Buffer.alloc(0), value: null, at: 5_001_000_000, timeMs: 8_590_934_592 },
    ]);
  });

  it('take the broker’s time where the topic says so, and decompress', async () => {
    const batch = encode({
      attributes: 0x09,
      compress: (bytes) => gzipSync(bytes),
      records: [{}, {}],
    });
    const decoded = await decodeBatches(batch, []);
    expect(decoded.map(({ timestamp }) => timestamp)).toEqual(['2000000', '2000000']);
  });

  it('leave a batch that is cut short for the next fetch', async () => {
    const whole = encode({ records: [{}, {}] });
    const next = encode({ base: 2n, records: [{}] });
    for (const length of [0, 5, 12, 61, next.length - 1]) {
      const bytes = Buffer.concat([whole, next.subarray(0, length)]);
      expect(await decodeBatches(bytes, [])).toHaveLength(2);
    }
  });

  it('hide the records of every transaction that was aborted, whichever came first', async () => {
    const [mine, theirs] = [
      { producerId: 1n, firstOffset: 10n },
      { producerId: 2n, firstOffset: 20n },
    ];
    const transactional = 0x10;
    const control = 0x30;
    const abort = { key: Buffer.of(0, 0, 0, 0) };
    const commit = { key: Buffer.of(0, 0, 0, 1) };
    const one = (base: bigint, producerId: bigint, attributes: number, key: Field = null) =>
      encode({ base, producerId, attributes, records: [{ key }] });
    const bytes = Buffer.concat([
      one(50n, 2n, transactional), // The fetch began in the middle of both.
      one(51n, 1n, transactional, abort.key), // A key like a marker's ends nothing.
      one(52n, 1n, transactional),
      one(53n, 1n, 0), // Not in a transaction, same producer.
      one(54n, 1n, control, abort.key),
      one(55n, 1n, transactional), // Its next one, committed.
      one(56n, 1n, control, commit.key),
      one(57n, 2n, transactional),
      one(58n, 2n, control, abort.key),
      one(59n, 3n, transactional),
    ]);
    const decoded = await decodeBatches(bytes, [theirs, mine]);
    const shown = decoded.filter(({ isControlRecord }) => !isControlRecord);
    expect(shown.map(({ at }) => at)).toEqual([53, 55, 59]);
    expect(decoded).toHaveLength(10);
  });

  it('are refused where they are of another format', async () => {
    const old = encode({ records: [{}] });
    old.writeInt8(1, 16);
    await expect(decodeBatches(old, [])).rejects.toThrow('format v1');
    await expect(decodeBatches(encode({ attributes: 7, records: [{}] }), [])).rejects.toThrow(
      'codec 7',
    );
  });
});
