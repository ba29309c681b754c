import { createFilling, dropUnreadFillings, fillingsOf } from '#libs/read-models';
import type { Filling } from '#libs/read-models';
import type { Pool, PoolClient } from 'pg';
import type { Advance } from './advance.ts';
import { Bell } from './bell.ts';
import { FillingFollower } from './follow-filling.ts';
import type { FollowingLimits } from './follow-filling.ts';

export interface ProjectionOptions extends FollowingLimits {
  readonly version: number;
  readonly pollMs: number;
  /** Called after each batch. */
  readonly onAdvance?: (schema: string, advance: Advance, seconds: number) => void;
  /** Called for what went wrong and will be tried again. */
  readonly onTrouble?: (error: unknown) => void;
  readonly onDropped?: (schema: string) => void;
}

/** After so many failures in a row the machinery is broken: `run` throws. */
const TRIES = 8;

/** How long to wait before trying again, at first and at most. */
const RETRY_MS = { first: 100, most: 5_000 };

/** Schemas that nobody reads are looked for this often. */
const TIDY_MS = 60_000;

interface Following {
  readonly client: PoolClient;
  readonly follower: FillingFollower;
}

/**
 * Keeps up every filling of one version, and makes one where there is none: told by PostgreSQL that
 * the ledger grew, and looking by itself now and then.
 */
export class Projection {
  readonly #pool: Pool;
  readonly #options: ProjectionOptions;
  readonly #bell = new Bell();
  readonly #following = new Map<string, Following>();
  #listener: PoolClient | null = null;
  #isStopping = false;
  #tidiedAt = 0;

  /** @param pool of the projector's role; it takes one connection a filling and one to listen */
  constructor(pool: Pool, options: ProjectionOptions) {
    this.#pool = pool;
    this.#options = options;
  }

  /** Every filling followed, and the last position projected; null: another projector is at it. */
  get positions(): ReadonlyMap<string, number | null> {
    return new Map([...this.#following].map(([name, { follower }]) => [name, follower.position]));
  }

  /**
   * Runs until `stop`.
   *
   * @throws what went wrong time after time
   */
  async run(): Promise<void> {
    let failures = 0;
    try {
      while (!this.#isStopping) {
        try {
          const isBusy = await this.#round();
          failures = 0;
          if (!isBusy) await this.#bell.wait(this.#options.pollMs);
        } catch (error) {
          this.#giveUp();
          failures += 1;
          if (failures >= TRIES) throw error;
          this.#options.onTrouble?.(error);
          await this.#bell.wait(Math.min(RETRY_MS.first * 2 ** failures, RETRY_MS.most));
        }
      }
    } finally {
      this.#giveUp();
    }
  }

  /** Ends `run` after the batch in progress. */
  stop(): void {
    this.#isStopping = true;
    this.#bell.ring();
  }

  /** Looks for new entries without waiting to be told. */
  poll(): void {
    this.#bell.ring();
  }

  /** One batch of every filling. False: there was nothing to do. */
  async #round(): Promise<boolean> {
    await this.#listen();
    let isBusy = false;
    for (const filling of await this.#fillings()) {
      const { follower } = await this.#follow(filling);
      const startedAt = performance.now();
      const done = await follower.step();
      if (done === null) continue;
      isBusy = true;
      this.#options.onAdvance?.(filling.schema, done, (performance.now() - startedAt) / 1_000);
    }
    if (!isBusy) await this.#tidy();
    return isBusy;
  }

  async #fillings(): Promise<readonly Filling[]> {
    const fillings = await fillingsOf(this.#pool, this.#options.version);
    for (const [schema, { client }] of this.#following) {
      if (fillings.some((filling) => filling.schema === schema)) continue;
      this.#following.delete(schema);
      client.release(true);
    }
    return fillings.length > 0 ? fillings : [await this.#makeFirst()];
  }

  /** Two projectors may start at once: the second finds what the first has made. */
  async #makeFirst(): Promise<Filling> {
    const client = await this.#pool.connect();
    try {
      await client.query('BEGIN');
      await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('deal-ledger first', 0))`);
      const [made] = await fillingsOf(client, this.#options.version);
      const filling = made ?? (await createFilling(client, this.#options.version));
      await client.query('COMMIT');
      return filling;
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      client.release();
    }
  }

  async #follow(filling: Filling): Promise<Following> {
    const known = this.#following.get(filling.schema);
    if (known !== undefined) return known;
    const client = await this.#pool.connect();
    // A connection that breaks fails its next query, which tells.
    client.on('error', () => undefined);
    const following = { client, follower: new FillingFollower(client, filling, this.#options) };
    this.#following.set(filling.schema, following);
    return following;
  }

  async #listen(): Promise<void> {
    if (this.#listener !== null) return;
    const client = await this.#pool.connect();
    client.on('error', () => {
      this.#listener = null;
    });
    client.on('notification', () => {
      this.#bell.ring();
    });
    await client.query('LISTEN ledger_appended');
    this.#listener = client;
  }

  async #tidy(): Promise<void> {
    if (performance.now() - this.#tidiedAt < TIDY_MS) return;
    this.#tidiedAt = performance.now();
    const client = await this.#pool.connect();
    try {
      for (const schema of await dropUnreadFillings(client)) this.#options.onDropped?.(schema);
    } finally {
      client.release();
    }
  }

  /** Closes every connection: locks and transactions end with them. */
  #giveUp(): void {
    for (const { client } of this.#following.values()) client.release(true);
    this.#following.clear();
    this.#listener?.release(true);
    this.#listener = null;
  }
}
