import { createHash } from 'node:crypto';
import { head, roles } from '#libs/ledger';
import type { Appender, ClaimedPartition } from '#libs/ledger';
import { createFilling, queryOf, stepTables } from '#libs/read-models';
import type { Filling, Question } from '#libs/read-models';
import { Pool } from 'pg';
import type { PoolClient } from 'pg';
import type { z } from 'zod';
import { FillingFollower } from '../../apps/projector/src/follow-filling.ts';
import { portionOf, TestLedger } from '../ledger.ts';
import { received } from '../records.ts';

/** A claim in its envelope, as publishers send it. */
export interface Envelope {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly time?: string;
  readonly data: unknown;
}

/** A ledger of one spec's own and fillings of its read models, advanced by the spec itself. */
export class Projected {
  readonly ledger: TestLedger;
  readonly pool: Pool;
  readonly #appender: Appender;
  #partition: ClaimedPartition;
  #offset = 0;

  private constructor(ledger: TestLedger, partition: ClaimedPartition) {
    this.ledger = ledger;
    this.#partition = partition;
    this.#appender = ledger.appender();
    this.pool = new Pool({
      connectionString: ledger.database.url,
      options: `-c role=${roles.projector}`,
      max: 10,
    });
    this.pool.on('error', () => undefined);
  }

  static async create(): Promise<Projected> {
    const ledger = await TestLedger.create();
    return new Projected(ledger, await ledger.claim());
  }

  async close(): Promise<void> {
    await this.pool.end();
    await this.ledger.close();
  }

  /** Appends claims as the ingester does; the ledger's last position. */
  async record(envelopes: readonly Envelope[]): Promise<number> {
    const records = envelopes.map((envelope) =>
      received(this.#offset++, {
        value: JSON.stringify({ specversion: '1.0', ...envelope }),
        headers: { 'content-type': 'application/cloudevents+json' },
      }),
    );
    const next = this.#offset;
    await this.#appender.append([portionOf(this.#partition, records, { next })]);
    this.#partition = { ...this.#partition, next };
    return (await head(this.pool)).position;
  }

  /** An empty filling. */
  async fill(version = 1): Promise<Filling> {
    const client = await this.pool.connect();
    try {
      await client.query('BEGIN');
      const filling = await createFilling(client, version);
      await client.query('COMMIT');
      return filling;
    } finally {
      client.release();
    }
  }

  /** Somebody who advances a filling. */
  async follower(
    filling: Filling,
    limits: { entriesMax?: number; cachedEntriesMax?: number } = {},
  ): Promise<{ follower: FillingFollower; client: PoolClient }> {
    const client = await this.pool.connect();
    const all = { entriesMax: 500, cachedEntriesMax: 100_000, ...limits };
    return { follower: new FillingFollower(client, filling, all), client };
  }

  /** Projects all there is into a filling. */
  async project(
    filling: Filling,
    limits: { entriesMax?: number; cachedEntriesMax?: number } = {},
  ): Promise<void> {
    const { follower, client } = await this.follower(filling, limits);
    try {
      while ((await follower.step()) !== null);
    } finally {
      client.release(true);
    }
  }

  async ask<P extends z.ZodObject, R extends z.ZodObject>(
    asked: Question<P, R>,
    { schema }: Filling,
    given: z.output<P>,
  ): Promise<z.output<R>[]> {
    const { rows } = await this.pool.query(queryOf(asked, schema, given));
    return rows as z.output<R>[];
  }

  /** SHA-256 of every step row, closed ones included. */
  async digest({ schema }: Filling): Promise<Record<string, string>> {
    const digests: Record<string, string> = {};
    for (const { name } of stepTables) {
      const { rows } = await this.pool.query<{ row: string }>(
        `SELECT t::text AS row FROM ${schema}.${name} t ORDER BY t::text COLLATE "C"`,
      );
      const text = rows.map(({ row }) => row).join('\n');
      digests[name] = `${rows.length} ${createHash('sha256').update(text).digest('hex')}`;
    }
    return digests;
  }
}
