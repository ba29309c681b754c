import { setTimeout as sleep } from 'node:timers/promises';
import { createPool } from '#libs/platform';
import type { End } from './publish.ts';

const pollMs = 100;

/**
 * Waits until the ledger has read all that was published: every partition up to its last offset.
 * False: it has not within the time.
 */
export async function waitUntilRecorded(
  url: string,
  ends: readonly End[],
  withinMs: number,
): Promise<boolean> {
  const pool = createPool({
    url,
    role: 'deal_ledger_reader',
    applicationName: 'deal-ledger publish',
    max: 1,
  });
  const deadline = performance.now() + withinMs;
  try {
    for (;;) {
      const { rows } = await pool.query<{ behind: boolean }>(
        `SELECT bool_or(coalesce(p.next_offset, 0) <= e."offset") AS behind
         FROM unnest($1::text[], $2::integer[], $3::bigint[]) AS e (topic, partition, "offset")
         LEFT JOIN ledger.partition p ON p.topic = e.topic AND p.partition = e.partition`,
        [
          ends.map(({ topic }) => topic),
          ends.map(({ partition }) => partition),
          ends.map(({ offset }) => offset.toString()),
        ],
      );
      if (rows[0]?.behind !== true) return true;
      if (performance.now() >= deadline) return false;
      await sleep(pollMs);
    }
  } finally {
    await pool.end();
  }
}
