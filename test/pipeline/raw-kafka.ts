import { connect } from 'node:net';
import { once } from 'node:events';
import { kafkaBrokers } from '../servers.ts';

/** A record of bytes as they shall be on the wire. */
export interface RawRecord {
  readonly key?: Uint8Array | null;
  readonly value?: Uint8Array | null;
  readonly headers?: readonly (readonly [name: Uint8Array, value: Uint8Array | null])[];
}

/**
 * Publishes records as one batch, by the protocol itself: what no client library lets through (header
 * names that are no UTF-8, null headers, any number of records in a batch) is sent as it is. Returns the
 * first record's offset. https://kafka.apache.org/protocol#The_Messages_Produce, version 7
 */
export async function publishRaw(
  { topic, partition = 0 }: { topic: string; partition?: number },
  records: readonly RawRecord[],
): Promise<number> {
  const batch = encodeBatch(records);
  const answer = await ask({ api: 0, version: 7 }, [
    int16(-1), // no transaction
    int16(-1), // acknowledged by all
    int32(10_000),
    int32(1),
    string(topic),
    int32(1),
    int32(partition),
    int32(batch.length),
    batch,
  ]);
  // Count, topic, count, partition, then error and offset.
  const at = 4 + 2 + Buffer.byteLength(topic) + 4 + 4;
  refuse(answer.readInt16BE(at));
  return Number(answer.readBigInt64BE(at + 2));
}

/**
 * Deletes a partition's records below an offset, which KafkaJS 2.2.4 cannot ask for.
 * https://kafka.apache.org/protocol#The_Messages_DeleteRecords, version 1
 */
export async function deleteRecords(
  { topic, partition = 0 }: { topic: string; partition?: number },
  offset: number,
): Promise<void> {
  const answer = await ask({ api: 21, version: 1 }, [
    int32(1),
    string(topic),
    int32(1),
    int32(partition),
    int64(BigInt(offset)),
    int32(10_000),
  ]);
  // Throttling, count, topic, count, partition, low watermark, then error.
  refuse(answer.readInt16BE(4 + 4 + 2 + Buffer.byteLength(topic) + 4 + 4 + 8));
}

function refuse(error: number): void {
  if (error !== 0) throw new Error(`The broker answers ${error}.`);
}

/** Sends one request to the first broker; the answer comes without its correlation. */
async function ask(
  { api, version }: { api: number; version: number },
  body: readonly Buffer[],
): Promise<Buffer> {
  const request = Buffer.concat([int16(api), int16(version), int32(1), string('raw'), ...body]);
  const answer = await exchange(Buffer.concat([int32(request.length), request]));
  return answer.subarray(4);
}

async function exchange(request: Buffer): Promise<Buffer> {
  const [host = '', port = ''] = kafkaBrokers()[0]?.split(':') ?? [];
  const socket = connect(Number(port), host);
  socket.write(request);
  let answer = Buffer.alloc(0);
  while (answer.length < 4 || answer.length < 4 + answer.readInt32BE(0)) {
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    answer = Buffer.concat([answer, chunk]);
  }
  socket.destroy();
  return answer.subarray(4);
}

/** https://kafka.apache.org/documentation/#recordbatch */
function encodeBatch(records: readonly RawRecord[]): Buffer {
  const now = BigInt(Date.now());
  const checked = Buffer.concat([
    int16(0), // attributes
    int32(records.length - 1),
    int64(now),
    int64(now),
    int64(-1n),
    int16(-1),
    int32(-1),
    int32(records.length),
    ...records.map(encodeRecord),
  ]);
  const body = Buffer.concat([int32(-1), Buffer.of(2), uint32(crc32c(checked)), checked]);
  return Buffer.concat([int64(0n), int32(body.length), body]);
}

function encodeRecord(record: RawRecord, offset: number): Buffer {
  const { key = null, value = null, headers = [] } = record;
  const body = Buffer.concat([
    Buffer.of(0),
    varint(0),
    varint(offset),
    sized(key),
    sized(value),
    encodeHeaderSection(headers),
  ]);
  return Buffer.concat([varint(body.length), body]);
}

/** What the ledger is to keep of a record's headers. */
export function encodeHeaderSection(headers: NonNullable<RawRecord['headers']>): Buffer {
  const fields = headers.flatMap(([name, value]) => [sized(name), sized(value)]);
  return Buffer.concat([varint(headers.length), ...fields]);
}

function sized(bytes: Uint8Array | null): Buffer {
  return bytes === null ? varint(-1) : Buffer.concat([varint(bytes.length), bytes]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let zigzag = ((value << 1) ^ (value >> 31)) >>> 0;
  for (; zigzag > 0x7f; zigzag >>>= 7) bytes.push((zigzag & 0x7f) | 0x80);
  return Buffer.from([...bytes, zigzag]);
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function int64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return bytes;
}

function string(text: string): Buffer {
  return Buffer.concat([int16(Buffer.byteLength(text)), Buffer.from(text)]);
}

/** The checksum of RFC 3720, B.4, which the broker verifies. */
function crc32c(bytes: Buffer): number {
  let crc = 0xffff_ffff;
  for (const byte of bytes) crc = (crcTable[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffff_ffff) >>> 0;
}

const crcTable = Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0x82f6_3b78 : crc >>> 1;
  return crc >>> 0;
});
