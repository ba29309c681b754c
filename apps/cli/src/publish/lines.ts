import type { Readable } from 'node:stream';

const newline = 0x0a;
const carriageReturn = 0x0d;

/** A line of a file, from 1, without its end. */
export interface Line {
  readonly number: number;
  readonly bytes: Buffer;
}

/**
 * The lines of a stream that hold something, byte for byte.
 *
 * @param maxBytes a longer line is cut: it is far too large for an event, and must not fill memory
 */
export async function* linesOf(stream: Readable, maxBytes: number): AsyncGenerator<Line> {
  let number = 1;
  let pending: Buffer[] = [];
  let length = 0;
  const keep = (part: Buffer): void => {
    if (length < maxBytes) pending.push(part);
    length += part.length;
  };
  const take = (): Line => {
    const line = { number, bytes: withoutReturn(Buffer.concat(pending)) };
    pending = [];
    length = 0;
    number += 1;
    return line;
  };
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      keep(chunk.subarray(start, end));
      start = end + 1;
      const line = take();
      if (holdsSomething(line)) yield line;
    }
    keep(chunk.subarray(start));
  }
  const last = take();
  if (holdsSomething(last)) yield last;
}

function withoutReturn(bytes: Buffer): Buffer {
  return bytes.at(-1) === carriageReturn ? bytes.subarray(0, -1) : bytes;
}

function holdsSomething({ bytes }: Line): boolean {
  return !/^\s*$/.test(bytes.toString('latin1', 0, 64)) || bytes.length > 64;
}
