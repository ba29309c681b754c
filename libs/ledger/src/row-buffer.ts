/**
 * A growing buffer of rows in PostgreSQL's binary COPY format, reused batch after batch.
 * https://www.postgresql.org/docs/18/sql-copy.html#SQL-COPY-FILE-FORMATS-BINARY-FORMAT
 */
export class RowBuffer {
  #bytes: Buffer;
  #at = 0;

  constructor(capacity = 1 << 20) {
    this.#bytes = Buffer.allocUnsafeSlow(capacity);
  }

  get length(): number {
    return this.#at;
  }

  /** The rows so far. They share the buffer's memory, which the next `clear` gives up. */
  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#at);
  }

  clear(): void {
    this.#at = 0;
  }

  /** Begins a row of so many fields and returns its place. */
  row(fields: number): number {
    this.#reserve(2);
    const start = this.#at;
    this.#at = this.#bytes.writeInt16BE(fields, start);
    return start;
  }

  int32(value: number): void {
    this.#reserve(8);
    this.#bytes.writeInt32BE(4, this.#at);
    this.#at = this.#bytes.writeInt32BE(value, this.#at + 4);
  }

  int64(value: bigint | number): void {
    this.#reserve(12);
    this.#bytes.writeInt32BE(8, this.#at);
    if (typeof value === 'bigint') {
      this.#bytes.writeBigInt64BE(value, this.#at + 4);
    } else {
      // In halves: a bigint made for it would cost more than all the rest.
      this.#bytes.writeInt32BE(Math.floor(value / 0x1_0000_0000), this.#at + 4);
      this.#bytes.writeUInt32BE(value >>> 0, this.#at + 8);
    }
    this.#at += 12;
  }

  null(): void {
    this.#reserve(4);
    this.#at = this.#bytes.writeInt32BE(-1, this.#at);
  }

  text(value: string | null): void {
    if (value === null) {
      this.null();
      return;
    }
    this.#reserve(4 + 3 * value.length);
    const length = this.#writeText(value, this.#at + 4);
    this.#bytes.writeInt32BE(length, this.#at);
    this.#at += 4 + length;
  }

  /** jsonb's binary form is its text behind a version, 1. */
  json(text: string): void {
    this.#reserve(5 + 3 * text.length);
    const length = 1 + this.#bytes.write(text, this.#at + 5, 'utf8');
    this.#bytes.writeInt32BE(length, this.#at);
    this.#bytes.writeUInt8(1, this.#at + 4);
    this.#at += 4 + length;
  }

  binary(value: Uint8Array | null): void {
    if (value === null) {
      this.null();
      return;
    }
    this.#reserve(4 + value.length);
    this.#bytes.writeInt32BE(value.length, this.#at);
    this.#bytes.set(value, this.#at + 4);
    this.#at += 4 + value.length;
  }

  /** Fields that are encoded already. */
  raw(fields: Uint8Array): void {
    this.#reserve(fields.length);
    this.#bytes.set(fields, this.#at);
    this.#at += fields.length;
  }

  /** Short ASCII, which most texts are, is written faster here than by a call out of JavaScript. */
  #writeText(value: string, at: number): number {
    const bytes = this.#bytes;
    if (value.length <= SHORT_TEXT_MAX) {
      let length = 0;
      for (; length < value.length; length++) {
        const code = value.charCodeAt(length);
        if (code > 0x7f) break;
        bytes[at + length] = code;
      }
      if (length === value.length) return length;
    }
    return bytes.write(value, at, 'utf8');
  }

  #reserve(length: number): void {
    const needed = this.#at + length;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.#bytes.length));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }
}

const SHORT_TEXT_MAX = 64;
