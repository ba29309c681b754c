import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ReceivedRecord } from '#libs/ledger';
import { claimPartition, fingerprint, isPassing } from '#libs/ledger';
import type { Pool } from 'pg';
import type { Broker, Extent } from './broker.ts';
import { recordsLost, topicCut, topicReplaced } from './hard-stop.ts';
import { CLAIM_RETRY_MS } from './limits.ts';
import { Reader } from './reader.ts';

/** Where to go on reading. */
export interface Seek {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
}

/** What the group assigns, by topic. */
export type Assigned = Readonly<Record<string, readonly number[]>>;

/**
 * The partitions this process reads, and from where. PostgreSQL's offset decides, whatever Kafka's
 * group has committed; a topic that does not continue what was read is a hard stop.
 */
export class Assignment {
  readonly #pool: Pool;
  readonly #broker: Broker;
  readonly #claimant = `${hostname()}:${process.pid}`;
  #readers = new Map<string, Reader>();
  #generation = 0;

  constructor(pool: Pool, broker: Broker) {
    this.#pool = pool;
    this.#broker = broker;
  }

  get readers(): readonly Reader[] {
    return [...this.#readers.values()];
  }

  /** The reader of a partition, once it is claimed. */
  reader(topic: string, partition: number): Reader | undefined {
    return this.#readers.get(key(topic, partition));
  }

  /** Forgets every reader: the group assigns anew. What is still under way for them is void. */
  begin(): void {
    this.#generation++;
    this.#readers = new Map();
  }

  /** Forgets one reader, which is to be claimed anew. */
  forget({ claimed }: Reader): void {
    this.#readers.delete(key(claimed.topic, claimed.partition));
  }

  /**
   * Claims partitions and says where each is to be read from. Null where `begin` was called meanwhile.
   * Throws HardStop where a topic does not continue what was read of it.
   */
  async claim(assigned: Assigned): Promise<readonly Seek[] | null> {
    const generation = this.#generation;
    const seeks: Seek[] = [];
    for (const [topic, partitions] of Object.entries(assigned)) {
      const extents = await this.#broker.extents(topic);
      for (const partition of partitions) {
        const extent = extents.get(partition);
        if (extent === undefined) throw new Error(`${topic}[${partition}] is not on the brokers.`);
        const reader = await this.#claimOne(topic, partition, extent);
        if (generation !== this.#generation) return null;
        this.#readers.set(key(topic, partition), reader);
        const offset = String(reader.unverified?.offset ?? reader.next);
        seeks.push({ topic, partition, offset });
      }
    }
    return generation === this.#generation ? seeks : null;
  }

  /**
   * Compares the record stored last with what the topic holds at its offset. Its absence is a hole only
   * where the topic is compacted or has deleted it by now.
   */
  async verify(reader: Reader, fetched: readonly ReceivedRecord[]): Promise<void> {
    const { claimed, unverified } = reader;
    if (unverified === null) return;
    const again = fetched.find(({ at }) => at === unverified.offset);
    if (again !== undefined) {
      const isSame = Buffer.from(fingerprint(again)).equals(unverified.fingerprint);
      if (!isSame) throw topicReplaced(claimed, unverified.offset);
    } else if (!(await this.#broker.isCompacted(claimed.topic))) {
      const { earliest } = await this.#extent(reader);
      if (earliest <= unverified.offset) throw topicReplaced(claimed, unverified.offset);
    }
    reader.unverified = null;
  }

  /** A gap is a hole only if the broker still has, or had nothing, from where it begins. */
  async checkGap(reader: Reader): Promise<void> {
    check(reader, await this.#extent(reader));
  }

  async #extent({ claimed }: Reader): Promise<Extent> {
    const extent = (await this.#broker.extents(claimed.topic)).get(claimed.partition);
    if (extent === undefined) throw new Error(`${claimed.topic} has lost a partition.`);
    return extent;
  }

  async #claimOne(topic: string, partition: number, extent: Extent): Promise<Reader> {
    const { earliest, end } = extent;
    const claim = { topic, partition, earliest, claimant: this.#claimant };
    const claimed = await persistently(() => claimPartition(this.#pool, claim));
    const reader = new Reader(claimed, end);
    check(reader, extent);
    // What the topic no longer holds cannot be compared.
    if ((reader.unverified?.offset ?? earliest) < earliest) reader.unverified = null;
    return reader;
  }
}

function check({ claimed, seen }: Reader, { earliest, end }: Extent): void {
  if (earliest > seen) throw recordsLost(claimed, { stored: seen, earliest });
  if (seen > end) throw topicCut(claimed, { stored: seen, end });
}

const key = (topic: string, partition: number): string => `${topic}/${partition}`;

async function persistently<T>(work: () => Promise<T>): Promise<T> {
  const giveUpAt = performance.now() + CLAIM_RETRY_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error) || performance.now() > giveUpAt) throw error;
      await sleep(500);
    }
  }
}
