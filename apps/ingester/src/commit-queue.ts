import type { Appended, Claimed, Prepared } from '#libs/ledger';
import type { Append } from './append-thread.ts';
import {
  QUEUE_BYTES_MAX,
  QUEUE_RECORDS_MAX,
  TRANSACTION_BYTES_MAX,
  TRANSACTION_RECORDS_MAX,
} from './limits.ts';

/** What is still known of a portion once its buffers have gone to another thread. */
export interface Portion {
  readonly partition: Claimed;
  readonly expected: number;
  readonly next: number;
  readonly holes: number;
  readonly records: number;
  readonly bytes: number;
}

/** Told what becomes of the portions pushed. */
export interface CommitListener {
  /** Portions that are stored now; those of partitions in `appended.fenced` are not among them. */
  stored(portions: readonly Portion[], appended: Appended): void;
  /** Another writer has the partition; its portions are dropped. */
  fenced(partition: Claimed): void;
  /** Nothing will be stored any more. */
  failed(error: unknown): void;
}

/**
 * Portions that wait for a transaction. While one runs, those of every partition gather; the next one
 * takes them all, up to a bound. The order of a partition's portions is kept.
 */
export class CommitQueue {
  readonly #append: Append;
  readonly #listener: CommitListener;
  #waiting: { portion: Portion; prepared: Prepared }[] = [];
  #isRunning = false;
  #isClosed = false;
  #wake: (() => void)[] = [];

  constructor(append: Append, listener: CommitListener) {
    this.#append = append;
    this.#listener = listener;
  }

  get isFull(): boolean {
    const [records, bytes] = this.#size();
    return records >= QUEUE_RECORDS_MAX || bytes >= QUEUE_BYTES_MAX;
  }

  get isIdle(): boolean {
    return !this.#isRunning && this.#waiting.length === 0;
  }

  /** Takes a portion in; the caller waits for room first. */
  push(prepared: Prepared): void {
    if (this.#isClosed) return;
    this.#waiting.push({ portion: portionOf(prepared), prepared });
    void this.#run();
  }

  /** Resolves at the end of the transaction that runs, or after `ms`. */
  async change(ms: number): Promise<void> {
    if (!this.#isRunning) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** Drops what waits of a partition: its reader begins anew. */
  discard(partitionId: number): void {
    this.#waiting = this.#waiting.filter(({ portion }) => portion.partition.id !== partitionId);
  }

  /** Drops everything that waits. */
  clear(): void {
    this.#waiting = [];
  }

  /** Drops everything that waits, now and later. */
  close(): void {
    this.#isClosed = true;
    this.clear();
  }

  async #run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    try {
      // Portions pushed in the same turn of the event loop go together.
      await Promise.resolve();
      while (this.#waiting.length > 0) await this.#transaction(this.#take());
    } catch (error) {
      this.close();
      this.#listener.failed(error);
    } finally {
      this.#isRunning = false;
      this.#wakeAll();
    }
  }

  async #transaction(batch: readonly { portion: Portion; prepared: Prepared }[]): Promise<void> {
    const appended = await this.#append.append(batch.map(({ prepared }) => prepared));
    const fenced = new Map(appended.fenced.map((partition) => [partition.id, partition]));
    for (const id of fenced.keys()) this.discard(id);
    const portions = batch.map(({ portion }) => portion);
    this.#listener.stored(
      portions.filter(({ partition }) => !fenced.has(partition.id)),
      appended,
    );
    for (const partition of fenced.values()) this.#listener.fenced(partition);
    this.#wakeAll();
  }

  /** The longest run from the front that one transaction may hold; one portion at least. */
  #take() {
    let records = 0;
    let bytes = 0;
    const count = this.#waiting.findIndex(({ portion }, index) => {
      records += portion.records;
      bytes += portion.bytes;
      return index > 0 && (records > TRANSACTION_RECORDS_MAX || bytes > TRANSACTION_BYTES_MAX);
    });
    return this.#waiting.splice(0, count < 0 ? this.#waiting.length : count);
  }

  #size(): [records: number, bytes: number] {
    let records = 0;
    let bytes = 0;
    for (const { portion } of this.#waiting) {
      records += portion.records;
      bytes += portion.bytes;
    }
    return [records, bytes];
  }

  #wakeAll(): void {
    const waiters = this.#wake;
    this.#wake = [];
    for (const wake of waiters) wake();
  }
}

function portionOf({ partition, expected, next, holes, entries, quarantined }: Prepared): Portion {
  return {
    partition,
    expected,
    next,
    holes,
    records: entries.tails.length + quarantined.reasons.length,
    bytes: entries.bytes.length + quarantined.bytes.length,
  };
}
