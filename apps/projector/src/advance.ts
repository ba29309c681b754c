import { readEntries } from '#libs/ledger';
import { StepBatch, writeSteps } from '#libs/read-models';
import type { ClientBase } from 'pg';
import { Evidence } from './evidence.ts';
import { writeAsked, writeMentions } from './index-entries.ts';
import { decode } from './ledger-entry.ts';
import { projectSubjects } from './project-subjects.ts';
import type { Batch } from './project-subjects.ts';
import { route } from './routing.ts';
import type { Route } from './routing.ts';
import type { SubjectCache } from './subject-cache.ts';

/** Somebody else moved the checkpoint: this session no longer advances the filling. */
export class FencedError extends Error {
  constructor(schema: string, position: number) {
    super(`${schema} is no longer at position ${position}: another projector advances it.`);
    this.name = 'FencedError';
  }
}

/** What one batch did. */
export interface Advance {
  /** The last position projected. */
  readonly position: number;
  readonly entries: number;
  readonly subjects: number;
}

/**
 * Projects the entries after `position`, at most `limit`, in one transaction with the checkpoint.
 * Null: there are none.
 *
 * @throws FencedError, and whatever the database throws; nothing is changed then, and the cache is
 *   to be cleared.
 */
export async function advance(
  client: ClientBase,
  schema: string,
  from: { readonly position: number; readonly limit: number },
  cache: SubjectCache,
): Promise<Advance | null> {
  const stored = await readEntries(client, { from: from.position + 1, limit: from.limit });
  const entries = stored.map(decode);
  const upTo = entries.at(-1)?.position;
  if (upTo === undefined) return null;
  if (upTo !== from.position + entries.length) {
    throw new Error(`Positions after ${from.position} are not dense: the ledger is damaged.`);
  }
  const steps = new StepBatch();
  await client.query('BEGIN');
  try {
    const subjects = await project({ client, schema, entries, upTo, steps, cache });
    await writeSteps(client, schema, steps);
    await moveCheckpoint(client, schema, { from: from.position, to: upTo });
    await client.query('COMMIT');
    return { position: upTo, entries: entries.length, subjects };
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** Returns how many subjects the batch may have touched. */
async function project(batch: Batch): Promise<number> {
  await writeMentions(batch); // First: looking up then finds the batch as well.
  const evidence = new Evidence(batch.client, batch);
  evidence.add(batch.entries);
  let routes: ReadonlyMap<string, Route>;
  do routes = route(batch.entries, evidence);
  while (await evidence.fetch());
  await writeAsked(batch, await projectSubjects(batch, routes));
  return routes.size;
}

/** Tells the API as the transaction commits; zero rows moved is the fence. */
async function moveCheckpoint(
  client: ClientBase,
  schema: string,
  { from, to }: { from: number; to: number },
): Promise<void> {
  const { rowCount } = await client.query({
    name: `checkpoint-${schema}`,
    text: `
      UPDATE ${schema}.checkpoint SET position = $2, moved_at = clock_timestamp()
      WHERE position = $1`,
    values: [from, to],
  });
  if (rowCount !== 1) throw new FencedError(schema, from);
  await client.query(`SELECT pg_notify('projection_advanced', $1)`, [`${schema}:${to}`]);
}
