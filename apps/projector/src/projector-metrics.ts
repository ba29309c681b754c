import { Counter, Gauge, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';
import type { Advance } from './advance.ts';

/** What the projector tells Prometheus beside the defaults. */
export class ProjectorMetrics {
  readonly #entries: Counter<'schema'>;
  readonly #position: Gauge<'schema'>;
  readonly #seconds: Histogram<'schema'>;
  readonly #troubles: Counter;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#entries = new Counter({
      name: 'projector_entries_total',
      help: 'Ledger entries projected.',
      labelNames: ['schema'],
      registers,
    });
    this.#position = new Gauge({
      name: 'projector_position',
      help: 'The last ledger position projected.',
      labelNames: ['schema'],
      registers,
    });
    this.#seconds = new Histogram({
      name: 'projector_batch_seconds',
      help: 'Time from reading a batch of entries to its commit.',
      labelNames: ['schema'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers,
    });
    this.#troubles = new Counter({
      name: 'projector_troubles_total',
      help: 'Batches that failed and were tried again.',
      registers,
    });
  }

  advanced(schema: string, { position, entries }: Advance, seconds: number): void {
    this.#entries.inc({ schema }, entries);
    this.#position.set({ schema }, position);
    this.#seconds.observe({ schema }, seconds);
  }

  troubled(): void {
    this.#troubles.inc();
  }
}
