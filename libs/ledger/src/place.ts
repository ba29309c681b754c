import { Leaf } from './leaf.ts';
import { addDuplicate, addQuarantined, EntryRow, placeQuarantined } from './copy-rows.ts';
import type { Prepared } from './prepare.ts';
import { RowBuffer } from './row-buffer.ts';
import { dayOf, fromTimestamptz, toTimestamptz } from './time.ts';

/** The head as the batch finds it, and the batch's own time; µs since 1970, UTC. */
export interface Opening {
  readonly position: number;
  readonly publishedThrough: bigint | null;
  readonly recordedAt: bigint;
}

/** An entry whose identity is taken. */
export interface Known {
  readonly position: number;
  readonly contentHash: Uint8Array;
}

/** Identities that are taken, by `EntryRow.identity`. */
export type KnownIdentities = Map<string, Known>;

/** Where every record of a batch goes. Chunks joined are rows for COPY. */
export interface Placement {
  readonly firstPosition: number;
  /** `firstPosition - 1` where nothing was recorded. */
  readonly position: number;
  readonly recordedAt: bigint;
  readonly publishedThrough: bigint | null;
  /** The running maximum of the envelopes' times came to `day` (since 1970) with `position`. */
  readonly marks: readonly { readonly day: number; readonly position: number }[];
  readonly entries: readonly Uint8Array[];
  readonly duplicates: Uint8Array;
  readonly duplicateCount: number;
  readonly quarantined: readonly Uint8Array[];
  readonly reasons: ReadonlyMap<string, number>;
}

/**
 * Gives every record of a batch its place: the next position, or that of the entry it duplicates, or
 * quarantine. Writes positions, time and leaf hashes into the rows prepared, which may be done again
 * with another opening. Order within each partition is the order of its offsets.
 */
export function place(
  batches: readonly Prepared[],
  opening: Opening,
  known: KnownIdentities,
): Placement {
  const placing = new Placing(opening, known);
  for (const batch of batches) placing.add(batch);
  return placing.done();
}

class Placing {
  readonly #opening: Opening;
  readonly #timestamptz: bigint;
  readonly #known: KnownIdentities;
  readonly #entries: Uint8Array[] = [];
  readonly #duplicates = new RowBuffer(1024);
  readonly #conflicts = new RowBuffer(1024);
  readonly #quarantined: Uint8Array[] = [];
  readonly #reasons = new Map<string, number>();
  readonly #marks: { day: number; position: number }[] = [];
  #duplicateCount = 0;
  #position: number;
  #through: bigint | null;

  constructor(opening: Opening, known: KnownIdentities) {
    this.#opening = opening;
    this.#timestamptz = toTimestamptz(opening.recordedAt);
    this.#known = new Map(known);
    this.#position = opening.position;
    this.#through = opening.publishedThrough;
  }

  add(batch: Prepared): void {
    this.#addEntries(batch);
    this.#addQuarantined(batch);
  }

  done(): Placement {
    return {
      firstPosition: this.#opening.position + 1,
      position: this.#position,
      recordedAt: this.#opening.recordedAt,
      publishedThrough: this.#through,
      marks: this.#marks,
      entries: this.#entries,
      duplicates: this.#duplicates.bytes,
      duplicateCount: this.#duplicateCount,
      quarantined:
        this.#conflicts.length > 0
          ? [...this.#quarantined, this.#conflicts.bytes]
          : this.#quarantined,
      reasons: this.#reasons,
    };
  }

  #addEntries({ partition, entries }: Prepared): void {
    const leaf = new Leaf(partition);
    const { starts, tails } = entries;
    const bytes = buffer(entries.bytes);
    let runStart = 0;
    tails.forEach((tail, index) => {
      const start = starts[index] ?? 0;
      const end = starts[index + 1] ?? 0;
      const row = new EntryRow(bytes, { start, tail, end });
      if (this.#isTaken(row)) {
        this.#addRun(bytes, runStart, start);
        runStart = end;
      } else {
        this.#record(row, leaf);
      }
    });
    this.#addRun(bytes, runStart, bytes.length);
  }

  #addRun(bytes: Buffer, start: number, end: number): void {
    if (start < end) this.#entries.push(bytes.subarray(start, end));
  }

  /** Whether another entry has the identity; then the row's fate is settled here. */
  #isTaken(row: EntryRow): boolean {
    const { identity, contentHash } = row;
    const known = this.#known.get(identity);
    if (known === undefined) {
      this.#known.set(identity, { position: this.#position + 1, contentHash });
      return false;
    }
    const { partitionId, offset } = row;
    const { position } = known;
    if (contentHash.equals(known.contentHash)) {
      addDuplicate(this.#duplicates, { partitionId, offset, position });
      this.#duplicateCount++;
    } else {
      addConflict(this.#conflicts, row, { position, timestamptz: this.#timestamptz });
      this.#count(CONFLICT);
    }
    return true;
  }

  #record(row: EntryRow, leaf: Leaf): void {
    const position = ++this.#position;
    const { recordedAt } = this.#opening;
    row.place(position, this.#timestamptz, leaf.hash(position, recordedAt, row.tail));
    const { saidAt } = row;
    if (saidAt !== null && saidAt <= this.#timestamptz) this.#mark(fromTimestamptz(saidAt));
  }

  #mark(saidAt: bigint): void {
    const through = this.#through;
    if (through !== null && saidAt <= through) return;
    this.#through = saidAt;
    const day = dayOf(saidAt);
    if (through === null || day > dayOf(through)) {
      this.#marks.push({ day, position: this.#position });
    }
  }

  #addQuarantined({ quarantined }: Prepared): void {
    const bytes = buffer(quarantined.bytes);
    quarantined.reasons.forEach((reason, index) => {
      placeQuarantined(bytes, quarantined.starts[index] ?? 0, this.#timestamptz);
      this.#count(reason);
    });
    if (bytes.length > 0) this.#quarantined.push(bytes);
  }

  #count(reason: string): void {
    this.#reasons.set(reason, (this.#reasons.get(reason) ?? 0) + 1);
  }
}

const CONFLICT = 'conflicting-duplicate';

function addConflict(
  rows: RowBuffer,
  row: EntryRow,
  taken: { position: number; timestamptz: bigint },
): void {
  const start = rows.length;
  const { position } = taken;
  addQuarantined(rows, row.partitionId, row.offset, {
    reason: CONFLICT,
    faults: [{ code: CONFLICT, pointer: '', expected: `the content of position ${position}` }],
    source: row.source,
    id: row.id,
    conflictsWith: position,
  });
  rows.raw(row.recordBytes);
  placeQuarantined(rows.bytes, start, taken.timestamptz);
}

function buffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
