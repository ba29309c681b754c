import type { AppenderOptions, ClaimedPartition, Prepared, ReceivedRecord } from '#libs/ledger';
import { Appender, claimPartition, prepare, roles } from '#libs/ledger';
import { Pool } from 'pg';
import type { TestDatabase } from './servers.ts';
import { createMigratedDatabase, suffix } from './servers.ts';

/** Short, so that a spec of trouble is over soon. */
export const shortLimits = { transactionMs: 2_000, lockMs: 500, retryMs: 8_000 };

/** A migrated database, a writer to it, and a superuser who looks on. */
export class TestLedger {
  readonly database: TestDatabase;
  /** In the writer's role. */
  readonly pool: Pool;
  readonly #superuser: Pool;

  private constructor(database: TestDatabase) {
    this.database = database;
    const options = `-c role=${roles.writer}`;
    this.pool = new Pool({ connectionString: database.url, options, max: 5 });
    this.#superuser = new Pool({ connectionString: database.url, max: 2 });
    for (const pool of [this.pool, this.#superuser]) pool.on('error', () => undefined);
  }

  static async create(): Promise<TestLedger> {
    return new TestLedger(await createMigratedDatabase());
  }

  async close(): Promise<void> {
    await Promise.all([this.pool.end(), this.#superuser.end()]);
    await this.database.drop();
  }

  appender(options: Partial<AppenderOptions> = {}): Appender {
    return new Appender(this.pool, { ...shortLimits, ...options });
  }

  /** A partition of a topic nobody has used. */
  claim(topic = `topic-${suffix()}`, partition = 0): Promise<ClaimedPartition> {
    return claimPartition(this.pool, { topic, partition, earliest: 0, claimant: 'spec' });
  }

  /** Rows of a query as the superuser; several statements answer with the last one's. */
  async rows(sql: string, values?: unknown[]): Promise<Record<string, unknown>[]> {
    const result = (await this.#superuser.query(sql, values)) as unknown as Result | Result[];
    return (Array.isArray(result) ? result.at(-1) : result)?.rows ?? [];
  }
}

/** Records of a partition from its next offset on. */
export function portionOf(
  partition: ClaimedPartition,
  records: readonly ReceivedRecord[],
  { expected = partition.next, next }: { expected?: number; next?: number } = {},
): Prepared {
  const end = next ?? (records.at(-1)?.at ?? expected - 1) + 1;
  return prepare({ partition, expected, next: end, records });
}

interface Result {
  readonly rows: Record<string, unknown>[];
}
