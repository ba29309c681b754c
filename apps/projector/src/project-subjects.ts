import type { Link } from '#libs/fold';
import type { StepBatch } from '#libs/read-models';
import type { ClientBase } from 'pg';
import { Evidence } from './evidence.ts';
import { isReadable } from './ledger-entry.ts';
import type { LedgerEntry } from './ledger-entry.ts';
import { linksRaisedBy } from './links.ts';
import type { Route } from './routing.ts';
import type { SubjectCache } from './subject-cache.ts';
import { SubjectFold } from './subject-fold.ts';
import type { Task } from './subject-fold.ts';
import type { Subject } from './subject.ts';

/**
 * Subjects that are worked on at once, and entries that their folds may hold together, as far as the
 * folds before them tell: it bounds the memory of a batch.
 */
const AT_ONCE = { first: 64, most: 512, entries: 50_000 };

/** A batch inside its transaction. */
export interface Batch {
  readonly client: ClientBase;
  readonly schema: string;
  /** Ascending, not empty. */
  readonly entries: readonly LedgerEntry[];
  readonly upTo: number;
  /** What its entries change. */
  readonly steps: StepBatch;
  readonly cache: SubjectCache;
}

/** What a subject asked for in a batch for the first time, and the rates that it may need now. */
export interface Asked {
  readonly subject: Subject;
  readonly links: readonly Link[];
  readonly rates: SubjectFold['rates'];
  /** That its fold has read so far. */
  readonly entryCount: number;
}

/** Folds every subject that the batch may touch, some at a time, entry by entry. */
export async function projectSubjects(
  batch: Batch,
  routes: ReadonlyMap<string, Route>,
): Promise<Asked[]> {
  const asked: Asked[] = [];
  const pending = [...routes.values()];
  let size = AT_ONCE.first;
  for (let at = 0; at < pending.length; at += size, size = sizeAfter(asked)) {
    const evidence = new Evidence(batch.client, batch);
    evidence.add(batch.entries);
    const some = pending.slice(at, at + size);
    await foresee(some, batch, evidence);
    await finish(
      some.map((route) => project(route, batch, { evidence, asked })),
      evidence,
    );
  }
  return asked;
}

/** How many subjects to work on next, if they are as long as those before them. */
function sizeAfter(asked: readonly Asked[]): number {
  const entries = asked.reduce((total, { entryCount }) => total + entryCount, 0);
  const fitting = Math.floor((AT_ONCE.entries * asked.length) / Math.max(entries, 1));
  return Math.min(Math.max(fitting, 1), AT_ONCE.most);
}

/** Looks up what the batch's entries will raise, so that folds seldom have to wait for it. */
async function foresee(
  routes: readonly Route[],
  { entries }: Batch,
  evidence: Evidence,
): Promise<void> {
  const first = entries[0]?.position ?? 0;
  for (const position of new Set(routes.flatMap(({ positions }) => positions))) {
    const entry = entries[position - first];
    if (entry === undefined || !isReadable(entry)) continue;
    for (const link of linksRaisedBy(entry.claim)) evidence.positionsOf(link);
  }
  await evidence.fetch();
}

/** Runs tasks until all have ended; what some lack is fetched together. */
async function finish(tasks: readonly Task<void>[], evidence: Evidence): Promise<void> {
  let open = tasks;
  for (;;) {
    open = open.filter((task) => task.next().done !== true);
    if (open.length === 0) return;
    if (!(await evidence.fetch())) throw new Error('A fold waits for what nobody fetches.');
  }
}

function* project(
  { subject, positions }: Route,
  batch: Batch,
  { evidence, asked }: { evidence: Evidence; asked: Asked[] },
): Task<void> {
  const first = batch.entries[0]?.position ?? 0;
  const later = new Set(positions);
  const fold = yield* foldBefore(subject, batch, { evidence, upTo: first - 1, later });
  for (
    let position = nextOf(later, 0);
    position !== undefined;
    position = nextOf(later, position)
  ) {
    const entry = batch.entries[position - first];
    if (entry === undefined) throw new Error(`Position ${position} is not of the batch.`);
    const change = yield* fold.add(entry, { evidence, upTo: position, later });
    batch.steps.apply(position, change);
  }
  asked.push({
    subject,
    links: fold.takeAsked(),
    rates: fold.rates,
    entryCount: fold.entryCount,
  });
  yield* fold.catchUp({ evidence, upTo: batch.upTo, later });
  if (!fold.hasFailed) batch.cache.put(fold);
}

/** A fold as it was before the batch. */
function* foldBefore(
  subject: Subject,
  { cache }: Batch,
  reading: Parameters<SubjectFold['start']>[0],
): Task<SubjectFold> {
  const kept = cache.take(subject);
  if (kept !== undefined) {
    yield* kept.catchUp(reading);
    return kept;
  }
  const fold = new SubjectFold(subject);
  yield* fold.start(reading);
  fold.takeAsked(); // Whatever it asked for before the batch was written then.
  return fold;
}

function nextOf(positions: ReadonlySet<number>, after: number): number | undefined {
  let next: number | undefined;
  for (const position of positions) {
    if (position > after && (next === undefined || position < next)) next = position;
  }
  return next;
}
