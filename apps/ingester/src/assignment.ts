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
  readonly #strays = new Map<string, { readonly place: number; readonly count: number }>();
  /** Settles when the claim before has ended: the last claim made must be the last one stored. */
  #turn: Promise<unknown> = Promise.resolve();

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
   * Claims partitions and has each read from where it is to be. Null where `begin` was called meanwhile.
   * Throws HardStop where a topic does not continue what was read of it.
   */
  claim(assigned: Assigned, seek: (seek: Seek) => void): Promise<readonly Seek[] | null> {
    const generation = this.#generation;
    const claim = this.#turn.then(async () => {
      const readers = await this.#claimAll(assigned, () => generation === this.#generation);
      return readers?.map((reader) => this.#install(reader, seek)) ?? null;
    });
    this.#turn = claim.catch(() => undefined);
    return claim;
  }

  /**
   * Whether a fetch was asked for at another offset than where its reader stands. It is then one from
   * before the partition was claimed, or KafkaJS jumped; the reader is to be claimed anew. Only what
   * comes again and again is no such thing: KafkaJS itself passed hidden records behind a gap.
   */
  isStray(reader: Reader, fetched: number): boolean {
    const { claimed, place } = reader;
    const name = key(claimed.topic, claimed.partition);
    const strays = this.#strays.get(name);
    if (fetched === place) {
      this.#strays.delete(name);
      return false;
    }
    const count = strays?.place === place ? strays.count + 1 : 1;
    this.#strays.set(name, { place, count });
    return fetched < place || count <= STRAYS_MAX;
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

  /** What KafkaJS passed over are holes only if the broker has not deleted it. */
  async checkGap(reader: Reader): Promise<void> {
    check(reader, await this.#extent(reader));
  }

  async #claimAll(assigned: Assigned, isCurrent: () => boolean): Promise<Reader[] | null> {
    const readers: Reader[] = [];
    for (const [topic, partitions] of Object.entries(assigned)) {
      const extents = await this.#broker.extents(topic);
      for (const partition of partitions) {
        if (!isCurrent()) return null;
        const extent = extents.get(partition);
        if (extent === undefined) throw new Error(`${topic}[${partition}] is not on the brokers.`);
        readers.push(await this.#claimOne(topic, partition, extent));
      }
    }
    return isCurrent() ? readers : null;
  }

  /** From here on fetches of the partition are taken in, and only those made from its place on. */
  #install(reader: Reader, seek: (seek: Seek) => void): Seek {
    const { topic, partition } = reader.claimed;
    const to = { topic, partition, offset: String(reader.place) };
    this.#readers.set(key(topic, partition), reader);
    seek(to);
    return to;
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
    if (reader.place < earliest) reader.skipVerification();
    return reader;
  }
}

function check({ claimed, next, place }: Reader, { earliest, end }: Extent): void {
  const stored = Math.max(next, place);
  if (earliest > stored) throw recordsLost(claimed, { stored, earliest });
  if (stored > end) throw topicCut(claimed, { stored, end });
}

/** One leader's move leaves one stray fetch behind at most. */
const STRAYS_MAX = 3;

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
