import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import type { Appended, AppendLimits } from './append.ts';
import { append, FencedError, IdentityTakenError } from './append.ts';
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
 * server, a lost acknowledgement, a writer that froze holding the head. Throws FencedError as it comes,
 * and any other error once it lasts.
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

  async append(batches: readonly Prepared[]): Promise<Appended> {
    const giveUpAt = performance.now() + this.#options.retryMs;
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.#attempt(batches);
      } catch (error) {
        if (error instanceof IdentityTakenError) {
          this.#lookUps = LOOK_UPS;
          continue;
        }
        const isLast = performance.now() >= giveUpAt;
        if (error instanceof FencedError || isLast || !isPassing(error)) throw error;
        this.#options.onRetry?.(error);
        await sleep(Math.min(50 * 2 ** attempt, RETRY_DELAY_MS_MAX));
      }
    }
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
const LOCK_NOT_AVAILABLE = '55P03';

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

/** SQLSTATEs, or classes of them, that may well be gone at the next attempt. */
const PASSING = [
  '08', // connection exceptions
  '40', // deadlock, serialization
  '53', // insufficient resources
  '57P', // shut down, restarting, terminated
  '57014', // statement timeout
  '25P03', // idle in transaction
  '25P04', // transaction timeout
  LOCK_NOT_AVAILABLE,
  'DL001', // taken over while it ran: the next attempt says which partitions
];

function isPassing(error: unknown): boolean {
  const code = codeOf(error);
  if (code === undefined) return error instanceof Error && isConnectionLoss(error.message);
  return /^E[A-Z]+$/.test(code) || PASSING.some((prefix) => code.startsWith(prefix));
}

/** node-postgres gives its own connection errors no code. */
function isConnectionLoss(message: string): boolean {
  return /connection|Client has encountered|not queryable/i.test(message);
}

function codeOf(error: unknown): string | undefined {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : undefined;
}
