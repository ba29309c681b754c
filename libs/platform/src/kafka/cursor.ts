/** Reads Kafka's wire types from a buffer, moving on; a read past the end throws RangeError. */
export class Cursor {
  readonly #buffer: Buffer;
  #at = 0;

  constructor(buffer: Buffer) {
    this.#buffer = buffer;
  }

  get left(): number {
    return this.#buffer.length - this.#at;
  }

  int8(): number {
    return this.#buffer.readInt8(this.#advance(1));
  }

  int16(): number {
    return this.#buffer.readInt16BE(this.#advance(2));
  }

  int32(): number {
    return this.#buffer.readInt32BE(this.#advance(4));
  }

  int64(): bigint {
    return this.#buffer.readBigInt64BE(this.#advance(8));
  }

  /** A zigzag varint of 32 bits. */
  varint(): number {
    let zigzag = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.#byte();
      zigzag |= (byte & 0x7f) << shift;
      if (byte < 0x80) return (zigzag >>> 1) ^ -(zigzag & 1);
    }
    throw new RangeError('A varint is longer than 5 bytes.');
  }

  /** A zigzag varint of 64 bits, which must be a safe integer: times and their differences are. */
  varlong(): number {
    const start = this.#at;
    const first = this.#byte();
    const second = first < 0x80 ? 0 : this.#byte();
    // Differences of times within a batch: one or two bytes, nearly always.
    if (second < 0x80) {
      const small = (first & 0x7f) | (second << 7);
      return (small >>> 1) ^ -(small & 1);
    }
    this.#at = start;
    let zigzag = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#byte();
      zigzag |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return Number(BigInt.asIntN(64, (zigzag >> 1n) ^ -(zigzag & 1n)));
    }
    throw new RangeError('A varlong is longer than 10 bytes.');
  }

  /** Bytes after their length as a varint; −1 is null. They share the buffer's memory. */
  varintBytes(): Buffer | null {
    const length = this.varint();
    return length < 0 ? null : this.take(length);
  }

  /** A string after its length as an int16; −1 is null. */
  string(): string | null {
    const length = this.int16();
    return length < 0 ? null : this.take(length).toString('utf8');
  }

  /** As many items as an int32 says; −1 is none. */
  list<T>(item: (cursor: this) => T): T[] {
    const count = this.int32();
    const items: T[] = [];
    for (let i = 0; i < count; i++) items.push(item(this));
    return items;
  }

  take(length: number): Buffer {
    const start = this.#advance(length);
    return this.#buffer.subarray(start, start + length);
  }

  rest(): Buffer {
    return this.take(this.left);
  }

  /** The bytes from here to a place that `left` will be after them. */
  takeUntil(left: number): Buffer {
    return this.take(this.left - left);
  }

  #byte(): number {
    const byte = this.#buffer[this.#at++];
    if (byte === undefined) throw new RangeError('The bytes end within a number.');
    return byte;
  }

  #advance(length: number): number {
    const start = this.#at;
    if (length < 0 || length > this.left) throw new RangeError('The bytes end within a field.');
    this.#at += length;
    return start;
  }
}
