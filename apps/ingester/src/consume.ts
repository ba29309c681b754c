import type { Appended, Claimed } from '#libs/ledger';
import type { Health, Lifecycle } from '#libs/platform';
import { createMissingTopics } from '#libs/platform';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import kafkajs from 'kafkajs';
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import type { Logger } from 'pino';
import type { Append } from './append-thread.ts';
import type { Assigned, Assignment } from './assignment.ts';
import type { Broker } from './broker.ts';
import type { CommitListener, Portion } from './commit-queue.ts';
import { CommitQueue } from './commit-queue.ts';
import { createConsumer } from './consumer-settings.ts';
import { HardStop } from './hard-stop.ts';
import { ingest, passHidden, skipHidden } from './ingest.ts';
import type { Ingestion } from './ingest.ts';
import type { IngestMetrics } from './ingest-metrics.ts';
import * as limits from './limits.ts';
import type { Reader } from './reader.ts';

/** What a consumer works with. */
export interface ConsumerParts {
  readonly kafka: Kafka;
  readonly groupId: string;
  readonly topics: readonly string[];
  readonly broker: Broker;
  readonly assignment: Assignment;
  readonly append: Append;
  readonly metrics: IngestMetrics;
  readonly lifecycle: Lifecycle;
  readonly health: Health;
  readonly logger: Logger;
}

/**
 * Reads the topics into the ledger for as long as the process runs. Kafka's group only shares the
 * partitions out; what is read from where, and whether it may be stored, PostgreSQL decides. Whatever
 * breaks ends the process: a supervisor starts it afresh.
 */
@Injectable()
export class IngestConsumer
  implements OnApplicationBootstrap, BeforeApplicationShutdown, CommitListener
{
  readonly #parts: ConsumerParts;
  readonly #consumer: Consumer;
  readonly #queue: CommitQueue;
  readonly #ingestion: Ingestion;
  readonly #timers: NodeJS.Timeout[] = [];
  #state: 'starting' | 'claiming' | 'reading' | 'stopped' = 'starting';
  #fencedInARow = 0;
  /** Counted in ticks, not in time: a process that was frozen has heard nothing either. */
  #ticksInSilence = 0;
  #started: Promise<void> = Promise.resolve();

  constructor(parts: ConsumerParts) {
    this.#parts = parts;
    this.#consumer = createConsumer(parts);
    this.#queue = new CommitQueue(parts.append, this);
    this.#ingestion = {
      assignment: parts.assignment,
      queue: this.#queue,
      metrics: parts.metrics,
      restart: (reader) => {
        this.#restart(reader);
      },
      isStopping: () => this.#state === 'stopped',
    };
  }

  onApplicationBootstrap(): void {
    this.#parts.health.add('ingest', () => Promise.resolve(this.#trouble()));
    this.#started = this.#start().catch((error: unknown) => {
      this.failed(error);
    });
  }

  /** Stores what has been read, tells Kafka how far, and leaves the group. */
  async beforeApplicationShutdown(): Promise<void> {
    this.#state = 'stopped';
    for (const timer of this.#timers) clearInterval(timer);
    await this.#started;
    while (!this.#queue.isIdle) await this.#queue.change(limits.HEARTBEAT_MS);
    await this.#hint();
    await this.#consumer.disconnect();
    await this.#parts.append.close();
    await this.#parts.broker.disconnect();
  }

  stored(portions: readonly Portion[], appended: Appended): void {
    const { assignment, metrics, logger } = this.#parts;
    this.#fencedInARow = 0;
    metrics.stored(portions, appended);
    for (const { partition, next } of portions) {
      const reader = assignment.reader(partition.topic, partition.partition);
      if (reader?.claimed.epoch === partition.epoch) reader.stored = next;
    }
    metrics.lag(assignment.readers);
    const { firstPosition, position, recorded, duplicates, quarantined } = appended;
    const line = {
      firstPosition,
      position,
      recorded,
      duplicates,
      quarantined: Object.fromEntries(quarantined),
      partitions: portions.map(({ partition, expected, next }) => ({
        topic: partition.topic,
        partition: partition.partition,
        firstOffset: expected,
        nextOffset: next,
      })),
    };
    if (quarantined.size > 0) logger.warn(line, 'Stored a batch with records in quarantine');
    else logger.debug(line, 'Stored a batch');
  }

  fenced(partition: Claimed): void {
    const { assignment, metrics, logger } = this.#parts;
    const reader = assignment.reader(partition.topic, partition.partition);
    // Portions from before this process itself claimed the partition anew are void, and no matter.
    if (reader?.claimed.epoch !== partition.epoch) return;
    metrics.fenced();
    logger.warn({ ...partition }, 'Another writer has taken over the partition; joining again');
    if (++this.#fencedInARow > limits.FENCED_IN_A_ROW_MAX) {
      this.failed(new Error('Another writer keeps taking over: is there one outside the group?'));
      return;
    }
    reader.isLost = true;
    // What was dropped is fetched again, and its batch makes KafkaJS join.
    const { topic, partition: number } = partition;
    this.#consumer.seek({ topic, partition: number, offset: String(reader.stored) });
  }

  failed(error: unknown): void {
    if (this.#state === 'stopped') return;
    this.#state = 'stopped';
    this.#queue.close();
    const { lifecycle, logger } = this.#parts;
    if (error instanceof HardStop) logger.fatal({ alarm: 'hard-stop' }, error.message);
    lifecycle.fail(error);
  }

  async #start(): Promise<void> {
    const { kafka, broker, topics, logger } = this.#parts;
    await broker.connect();
    const made = await createMissingTopics(
      kafka,
      topics.map((topic) => ({ topic })),
    );
    if (made.length > 0) logger.info({ topics: made }, 'Made the topics that were missing');
    const narrow = await broker.narrowerThan(limits.EVENT_BYTES_MAX, topics);
    if (narrow.length > 0) {
      const message = 'Topics refuse events of 1 MiB that would be kept: raise max.message.bytes';
      logger.warn({ topics: narrow }, message);
    }
    await this.#consumer.connect();
    await this.#consumer.subscribe({ topics: [...topics], fromBeginning: true });
    this.#listen();
    await this.#consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      // Portions of many partitions can then wait for one transaction.
      partitionsConsumedConcurrently: limits.PARTITIONS_AT_ONCE_MAX,
      eachBatch: (payload) => this.#take(payload),
    });
    this.#timers.push(setInterval(() => void this.#tick(), limits.TICK_MS));
  }

  #listen(): void {
    const { GROUP_JOIN, CRASH, END_BATCH_PROCESS, FETCH_START, HEARTBEAT } = this.#consumer.events;
    this.#consumer.on(GROUP_JOIN, ({ payload }) => {
      this.#joined(payload.memberAssignment);
    });
    this.#consumer.on(CRASH, ({ payload }) => {
      this.failed(payload.error);
    });
    this.#consumer.on(END_BATCH_PROCESS, ({ payload }) => {
      const { topic, partition, batchSize, lastOffset } = payload;
      const firstOffset = payload.firstOffset as string | null;
      const reader = this.#parts.assignment.reader(topic, partition);
      if (batchSize > 0 || reader === undefined) return;
      this.#hidden(reader, { first: Number(firstOffset ?? lastOffset), last: Number(lastOffset) });
    });
    for (const event of [FETCH_START, HEARTBEAT] as const) {
      this.#consumer.on(event, () => {
        this.#ticksInSilence = 0;
      });
    }
  }

  /** Runs within KafkaJS's join, before it fetches: nothing is fetched before it is claimed. */
  #joined(assigned: Assigned): void {
    if (this.#state === 'stopped') return;
    this.#state = 'claiming';
    this.#queue.clear();
    this.#parts.assignment.begin();
    this.#claim(assigned).catch((error: unknown) => {
      this.failed(error);
    });
  }

  async #claim(assigned: Assigned): Promise<void> {
    const { assignment, metrics, logger } = this.#parts;
    const partitions = Object.entries(assigned).map(([topic, numbers]) => ({
      topic,
      partitions: [...numbers],
    }));
    this.#consumer.pause(partitions);
    const seeks = await assignment.claim(assigned, (seek) => {
      if (!this.#ingestion.isStopping()) this.#consumer.seek(seek);
    });
    if (seeks === null || this.#ingestion.isStopping()) return;
    this.#consumer.resume(partitions);
    this.#state = 'reading';
    metrics.lag(assignment.readers);
    logger.info({ partitions: seeks }, 'Reading partitions');
  }

  /** Claims one partition anew, because what KafkaJS fetched does not follow on. */
  #restart(reader: Reader): void {
    const { topic, partition, id } = reader.claimed;
    this.#parts.logger.warn(
      { topic, partition, place: reader.place },
      'A fetch does not follow on; reading anew',
    );
    this.#parts.assignment.forget(reader);
    this.#queue.discard(id);
    this.#claim({ [topic]: [partition] }).catch((error: unknown) => {
      this.failed(error);
    });
  }

  async #take(payload: EachBatchPayload): Promise<void> {
    try {
      await ingest(payload, this.#ingestion);
    } catch (error) {
      // Kafka's own troubles KafkaJS copes with; anything else would end it in silence.
      if (!(error instanceof kafkajs.KafkaJSError)) this.failed(error);
      throw error;
    }
  }

  #hidden(reader: Reader, range: { first: number; last: number }): void {
    skipHidden(reader, range);
    const { unverified } = reader;
    if (unverified === null || range.first > unverified.offset || range.last < unverified.offset) {
      return;
    }
    this.#parts.assignment.verify(reader, []).catch((error: unknown) => {
      this.failed(error);
    });
  }

  async #tick(): Promise<void> {
    if (++this.#ticksInSilence > limits.TICKS_IN_SILENCE_MAX) {
      this.failed(new Error('KafkaJS has stopped fetching without saying so.'));
      return;
    }
    if (this.#state !== 'reading') return;
    for (const reader of this.#parts.assignment.readers) passHidden(reader, this.#ingestion);
    await this.#hint();
  }

  /** Tells Kafka how far the ledger is. Only lag tools read it, so a failure is no matter. */
  async #hint(): Promise<void> {
    const { assignment, logger } = this.#parts;
    const moved = assignment.readers.filter((reader) => reader.stored > reader.hinted);
    if (moved.length === 0) return;
    const offsets = moved.map(({ claimed, stored }) => ({
      topic: claimed.topic,
      partition: claimed.partition,
      offset: String(stored),
    }));
    for (const reader of moved) reader.hinted = reader.stored;
    try {
      await this.#consumer.commitOffsets(offsets);
    } catch (error) {
      logger.debug({ err: error }, 'Kafka was not told how far the ledger is');
    }
  }

  #trouble(): string | null {
    if (this.#state === 'reading') {
      const lost = this.#parts.assignment.readers.some(({ isLost }) => isLost);
      return lost ? 'another writer has taken over a partition' : null;
    }
    return `is ${this.#state}`;
  }
}
