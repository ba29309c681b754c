import { head } from '#libs/ledger';
import { fenceSchema, settleFilling } from '#libs/read-models';
import type { Filling } from '#libs/read-models';
import type { ClientBase } from 'pg';
import { advance } from './advance.ts';
import type { Advance } from './advance.ts';
import { SubjectCache } from './subject-cache.ts';

export interface FollowingLimits {
  /** Of one transaction. */
  readonly entriesMax: number;
  /** Of the folds that are kept. */
  readonly cachedEntriesMax: number;
}

/**
 * Follows the ledger into one filling, on one connection: its advisory lock and its transactions
 * end together.
 */
export class FillingFollower {
  readonly #client: ClientBase;
  readonly #limits: FollowingLimits;
  readonly #cache: SubjectCache;
  #filling: Filling;
  #position: number | null = null;

  constructor(client: ClientBase, filling: Filling, limits: FollowingLimits) {
    this.#client = client;
    this.#filling = filling;
    this.#limits = limits;
    this.#cache = new SubjectCache(limits.cachedEntriesMax);
  }

  /** The last position projected; null while another projector advances this filling. */
  get position(): number | null {
    return this.#position;
  }

  get filling(): Filling {
    return this.#filling;
  }

  /**
   * Projects one batch. Null: there is nothing to do for now.
   *
   * @throws whatever went wrong; the connection is to be given up, and what it locked with it
   */
  async step(): Promise<Advance | null> {
    this.#position ??= await this.#takeOver();
    if (this.#position === null) return null;
    const done = await advance(
      this.#client,
      this.#filling.schema,
      { position: this.#position, limit: this.#limits.entriesMax },
      this.#cache,
    );
    if (done !== null) this.#position = done.position;
    if (this.#filling.state === 'building') await this.#settle(this.#position);
    return done;
  }

  /** The position to go on from; null: somebody else is at it. */
  async #takeOver(): Promise<number | null> {
    const { schema } = this.#filling;
    if (!(await fenceSchema(this.#client, schema))) return null;
    const { rows } = await this.#client.query<{ position: string }>(
      `SELECT position FROM ${schema}.checkpoint`,
    );
    const [checkpoint] = rows;
    if (checkpoint === undefined) throw new Error(`${schema} has no checkpoint.`);
    return Number(checkpoint.position);
  }

  /** It has caught up if it holds all that was recorded a moment ago. */
  async #settle(position: number): Promise<void> {
    if (position < (await head(this.#client)).position) return;
    await this.#client.query('BEGIN');
    try {
      await settleFilling(this.#client, this.#filling);
      await this.#client.query('COMMIT');
    } catch (error) {
      await this.#client.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
    this.#filling = { ...this.#filling, state: 'ready' };
  }
}
