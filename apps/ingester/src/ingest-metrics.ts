import { Metrics } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Histogram } from 'prom-client';
import type { Appended } from '#libs/ledger';
import type { Portion } from './commit-queue.ts';

/** What is counted in production of the invariants, and how long each step takes. */
@Injectable()
export class IngestMetrics {
  readonly #events: Counter<'outcome' | 'reason'>;
  readonly #holes: Counter;
  readonly #fenced: Counter;
  readonly #retries: Counter;
  readonly #batch: Histogram;
  readonly #seconds: Histogram<'step'>;
  readonly #position: Gauge;
  readonly #lag: Gauge<'topic' | 'partition'>;

  constructor({ registry }: Metrics) {
    const registers = [registry];
    this.#events = new Counter({
      name: 'ingest_events_total',
      help: 'Records read, by what became of them.',
      labelNames: ['outcome', 'reason'],
      registers,
    });
    this.#holes = new Counter({
      name: 'ingest_holes_total',
      help: 'Offsets without a record: aborted, compacted, or control records.',
      registers,
    });
    this.#fenced = new Counter({
      name: 'ingest_fenced_total',
      help: 'Times that another writer had taken over a partition.',
      registers,
    });
    this.#retries = new Counter({
      name: 'ingest_retries_total',
      help: 'Transactions that failed for a passing reason and were tried again.',
      registers,
    });
    this.#batch = new Histogram({
      name: 'ingest_transaction_records',
      help: 'Records stored by one transaction.',
      buckets: [1, 10, 100, 1_000, 2_500, 5_000, 10_000, 20_000],
      registers,
    });
    this.#seconds = new Histogram({
      name: 'ingest_step_seconds',
      help: 'Time of decoding a portion, and of the steps of a transaction.',
      labelNames: ['step'],
      buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30],
      registers,
    });
    this.#position = new Gauge({
      name: 'ingest_position',
      help: 'The newest position this process has recorded.',
      registers,
    });
    this.#lag = new Gauge({
      name: 'ingest_lag_records',
      help: 'Offsets of an assigned partition that are not stored yet.',
      labelNames: ['topic', 'partition'],
      registers,
    });
  }

  prepared(milliseconds: number): void {
    this.#seconds.observe({ step: 'prepare' }, milliseconds / 1_000);
  }

  stored(portions: readonly Portion[], appended: Appended): void {
    const { recorded, duplicates, quarantined, position, milliseconds } = appended;
    this.#events.inc({ outcome: 'recorded', reason: '' }, recorded);
    this.#events.inc({ outcome: 'duplicate', reason: '' }, duplicates);
    for (const [reason, count] of quarantined) {
      this.#events.inc({ outcome: 'quarantined', reason }, count);
    }
    this.#holes.inc(portions.reduce((sum, { holes }) => sum + holes, 0));
    this.#batch.observe(portions.reduce((sum, { records }) => sum + records, 0));
    for (const [step, ms] of Object.entries(milliseconds)) {
      this.#seconds.observe({ step }, ms / 1_000);
    }
    if (position > 0) this.#position.set(position);
  }

  fenced(): void {
    this.#fenced.inc();
  }

  retried(): void {
    this.#retries.inc();
  }

  /** Lag is reported for the partitions assigned and for no others. */
  lag(readers: readonly { claimed: { topic: string; partition: number }; lag: number }[]): void {
    this.#lag.reset();
    for (const { claimed, lag } of readers) {
      this.#lag.set({ topic: claimed.topic, partition: claimed.partition }, lag);
    }
  }
}
