import { hash } from 'node:crypto';

/** Where an entry came from: what its leaf binds beside position and time. */
export interface Origin {
  readonly topic: string;
  readonly partition: number;
}

/** Everything an entry's leaf is made of. */
export interface LeafFields extends Origin {
  readonly position: number;
  /** Microseconds since 1970, UTC. */
  readonly recordedAt: bigint;
  readonly offset: bigint;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array;
  readonly headers: Uint8Array;
}

const TAG = 'deal-ledger/entry/v1';
const NULL_LENGTH = 0xffff_ffff;

/**
 * What a leaf of the Merkle tree commits to. Each field follows its length as a 32-bit big-endian
 * integer, 0xffffffff for null: the tag, then position, recorded time (µs since 1970), topic (UTF-8),
 * partition, offset, key, value and headers; integers are 64-bit big-endian.
 */
export function leafData(fields: LeafFields): Buffer {
  const { position, recordedAt, offset, key, value, headers } = fields;
  const tail = Buffer.concat([field(integer(offset)), field(key), field(value), field(headers)]);
  return Buffer.from(new Leaf(fields).data(position, recordedAt, tail).subarray(1));
}

/** The leaf's hash as RFC 6962, 2.1 has it: SHA-256 of 0x00 and the leaf. */
export function leafHash(fields: LeafFields): Buffer {
  return hash('sha256', Buffer.concat([Buffer.of(0), leafData(fields)]), 'buffer');
}

/**
 * Leaves of entries that share their origin, made in one reused buffer. The tail (offset, key, value
 * and headers, each after its length) has the form of those columns in a COPY row: it is taken from
 * there as it is.
 */
export class Leaf {
  readonly #prefixLength: number;
  readonly #positionAt: number;
  #bytes: Buffer;

  constructor({ topic, partition }: Origin) {
    const tag = field(Buffer.from(TAG));
    const zero = field(integer(0n));
    const parts = [Buffer.of(0), tag, zero, zero, field(Buffer.from(topic))];
    this.#bytes = Buffer.concat([...parts, field(integer(BigInt(partition)))]);
    this.#positionAt = 1 + tag.length + 4;
    this.#prefixLength = this.#bytes.length;
  }

  /** 0x00 and the leaf; valid until the next call. */
  data(position: number, recordedAt: bigint, tail: Uint8Array): Buffer {
    const length = this.#prefixLength + tail.length;
    if (length > this.#bytes.length) {
      this.#bytes = Buffer.concat([this.#bytes], Math.max(length, 2 * this.#bytes.length));
    }
    this.#bytes.writeBigInt64BE(BigInt(position), this.#positionAt);
    this.#bytes.writeBigInt64BE(recordedAt, this.#positionAt + 12);
    this.#bytes.set(tail, this.#prefixLength);
    return this.#bytes.subarray(0, length);
  }

  hash(position: number, recordedAt: bigint, tail: Uint8Array): Buffer {
    return hash('sha256', this.data(position, recordedAt, tail), 'buffer');
  }
}

function field(bytes: Uint8Array | null): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes === null ? NULL_LENGTH : bytes.length);
  return bytes === null ? length : Buffer.concat([length, bytes]);
}

function integer(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return bytes;
}
