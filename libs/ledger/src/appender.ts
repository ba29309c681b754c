import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import type { Appended, AppendLimits } from './append.ts';
import { append, FencedError, IdentityTakenError, nothingAppended } from './append.ts';
import type { Claimed } from './partitions.ts';
import { codeOf, isPassing, LOCK_NOT_AVAILABLE } from './passing.ts';
import type { Prepared } from './prepare.ts';

/** How an appender copes with trouble. */
export interface AppenderOptions extends AppendLimits {
  /** A batch that fails for a passing reason is tried again for this long, then given up. */
  readonly retryMs: number;
  /** Told of each failure that is tried again. */
  readonly onRetry?: (error: unknown) => void;
}

/** A frozen writer holds the head for 30 s at most, or until the next writer has waited that long. */
export const appendDefaults = { transactionMs: 30_000, lockMs: 10_000, retryMs: 90_000 } as const;

/**
 * Appends batches, one at a time, whatever passing trouble there is: a lost connection, a restarted
 * server, a lost acknowledgement, a writer that froze holding the head. Throws what does not pass, and
 * what lasts too long.
 */
export class Appender {
  readonly #pool: Pool;
  readonly #options: AppenderOptions;
  /** While duplicates arrive, this many batches look identities up before they are copied. */
  #lookUps = 0;

  constructor(pool: Pool, options: AppenderOptions = appendDefaults) {
    this.#pool = pool;
    this.#options = options;
  }

  /** Portions of a partition that another writer has taken over are left out, and it is named. */
  async append(batches: readonly Prepared[]): Promise<Appended> {
    const giveUpAt = performance.now() + this.#options.retryMs;
    const fenced: Claimed[] = [];
    let mine = batches;
    for (let attempt = 0; mine.length > 0; attempt++) {
      try {
        return { ...(await this.#attempt(mine)), fenced };
      } catch (error) {
        if (error instanceof FencedError) {
          const lost = new Set(error.partitions.map(({ id }) => id));
          mine = mine.filter(({ partition }) => !lost.has(partition.id));
          fenced.push(...error.partitions);
        } else if (error instanceof IdentityTakenError) {
          this.#lookUps = LOOK_UPS;
        } else {
          if (performance.now() >= giveUpAt || !isPassing(error)) throw error;
          this.#options.onRetry?.(error);
          await sleep(Math.min(50 * 2 ** attempt, RETRY_DELAY_MS_MAX));
        }
      }
    }
    return { ...nothingAppended, fenced };
  }

  async #attempt(batches: readonly Prepared[]): Promise<Appended> {
    const client = await this.#pool.connect();
    // A connection that breaks says so to the query in progress, too: that one is heard.
    client.on('error', ignore);
    // PostgreSQL ends a transaction that takes too long; this is for when nothing answers at all.
    const timer = setTimeout(() => {
      void client.end();
    }, this.#options.transactionMs * 2);
    let broken: unknown;
    try {
      const lookUp = this.#lookUps > 0;
      const result = await append(client, batches, { limits: this.#options, lookUp });
      this.#remember(result, lookUp);
      return result;
    } catch (error) {
      broken = isPassing(error) ? error : undefined;
      if (codeOf(error) === LOCK_NOT_AVAILABLE) {
        await endFrozen(client, this.#options).catch(this.#options.onRetry);
      }
      throw error;
    } finally {
      clearTimeout(timer);
      client.off('error', ignore);
      client.release(broken !== undefined);
    }
  }

  #remember({ duplicates, quarantined }: Appended, lookedUp: boolean): void {
    const met = duplicates > 0 || quarantined.has('conflicting-duplicate');
    if (lookedUp) this.#lookUps = met ? LOOK_UPS : this.#lookUps - 1;
  }
}

const ignore = (): void => undefined;
const LOOK_UPS = 16;
const RETRY_DELAY_MS_MAX = 2_000;

/**
 * Ends writers of the same login that have held the head's lock for longer than a transaction may
 * take. PostgreSQL's own time limits do not do it: a server process that waits for the rest of a COPY
 * heeds none of them. The login is asked, not the role: it is the login that may end its sessions.
 */
async function endFrozen(client: PoolClient, { transactionMs }: AppendLimits): Promise<void> {
  await client.query(`
    BEGIN;
    SET LOCAL ROLE NONE;
    SELECT pg_terminate_backend(activity.pid)
    FROM pg_stat_activity activity JOIN pg_locks lock ON lock.pid = activity.pid
    WHERE lock.relation = 'ledger.head'::regclass AND lock.mode = 'RowShareLock' AND lock.granted
      AND lock.database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND activity.usename = session_user AND activity.pid <> pg_backend_pid()
      AND activity.wait_event_type IS DISTINCT FROM 'Lock'
      AND activity.xact_start < clock_timestamp() - ${transactionMs} * interval '1 millisecond';
    COMMIT`);
}
