import type { Header } from '#libs/events';

/**
 * A record's headers are stored as Kafka's record format v2 has them on the wire: a count, then for
 * each the length and bytes of its name, the length (−1 for null) and bytes of its value; counts and
 * lengths are zigzag varints. Kept that way because order, repeated names, nulls and names that are
 * no UTF-8 all survive. https://kafka.apache.org/documentation/#recordheader
 */

/** The headers as a list, in their order. Throws RangeError on bytes that are no header section. */
export function decodeHeaders(bytes: Uint8Array): Header[] {
  const buffer = Buffer.isBuffer(bytes)
    ? bytes
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const cursor = { buffer, at: 0 };
  const count = readVarint(cursor);
  const headers: Header[] = [];
  for (let i = 0; i < count; i++) {
    const nameLength = readVarint(cursor);
    const name = nameAt(buffer, cursor.at, advance(cursor, nameLength));
    const valueLength = readVarint(cursor);
    const start = cursor.at;
    const value = valueLength < 0 ? null : buffer.subarray(start, advance(cursor, valueLength));
    headers.push([name, value]);
  }
  if (cursor.at !== buffer.length) throw new RangeError('bytes are left after the last header');
  return headers;
}

const NAMES_MAX = 64;
const NAME_BYTES_MAX = 64;
const names: ({ readonly bytes: Buffer; readonly name: string } | undefined)[] = [];

/** A few names come with every record: to find one again takes a fifth of decoding it. */
function nameAt(buffer: Buffer, start: number, end: number): string {
  const length = end - start;
  const place = (length + (buffer[end - 1] ?? 0) * 7) % NAMES_MAX;
  const known = names[place];
  if (known?.bytes.length === length && isAt(buffer, start, known.bytes)) return known.name;
  const name = buffer.toString('utf8', start, end);
  if (length <= NAME_BYTES_MAX)
    names[place] = { bytes: Buffer.from(buffer.subarray(start, end)), name };
  return name;
}

function isAt(buffer: Buffer, start: number, bytes: Buffer): boolean {
  for (let i = 0; i < bytes.length; i++) if (buffer[start + i] !== bytes[i]) return false;
  return true;
}

/** The bytes that `decodeHeaders` reads back as the same list. */
export function encodeHeaders(headers: readonly Header[]): Uint8Array {
  const parts: Uint8Array[] = [varint(headers.length)];
  for (const [name, value] of headers) {
    const nameBytes = Buffer.from(name, 'utf8');
    parts.push(varint(nameBytes.length), nameBytes);
    if (value === null) parts.push(varint(-1));
    else parts.push(varint(value.length), value);
  }
  return Buffer.concat(parts);
}

interface Cursor {
  readonly buffer: Buffer;
  at: number;
}

/** Moves past `length` bytes and returns the new place; a place past the end is an error. */
function advance(cursor: Cursor, length: number): number {
  const end = cursor.at + length;
  if (length < 0 || end > cursor.buffer.length) throw new RangeError('a header is cut short');
  return (cursor.at = end);
}

function readVarint(cursor: Cursor): number {
  let zigzag = 0;
  for (let shift = 0; shift < 35; shift += 7) {
    const byte = cursor.buffer[cursor.at++];
    if (byte === undefined) throw new RangeError('a header is cut short');
    zigzag |= (byte & 0x7f) << shift;
    if (byte < 0x80) return (zigzag >>> 1) ^ -(zigzag & 1);
  }
  throw new RangeError('a varint is longer than 5 bytes');
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let zigzag = ((value << 1) ^ (value >> 31)) >>> 0;
  for (; zigzag > 0x7f; zigzag >>>= 7) bytes.push((zigzag & 0x7f) | 0x80);
  bytes.push(zigzag);
  return Uint8Array.from(bytes);
}
