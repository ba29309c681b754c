import { mentions, read } from '#libs/events';
import type { Fault, ReasonCode } from '#libs/events';
import { structuredHeaders, topicOf } from '#libs/platform';
import type { EventRecord } from '#libs/platform';
import type { Line } from './lines.ts';

/** A batch stays far below what a topic takes at once (2 MiB and more), one event included. */
const batchBytes = 900_000;
const batchEvents = 500;

/** Where events go: into one partition in their order, or each to its type's topic by its key. */
export type Destination =
  { readonly topic: string; readonly partition: number } | { readonly topics: readonly string[] };

/** A line that would be quarantined, and why. */
export interface BadLine {
  readonly number: number;
  readonly reason: ReasonCode;
  readonly faults: readonly Fault[];
  /** How many events of its batch stand before it. */
  readonly goodBefore: number;
}

/** Lines that are published together, and those among them that are not. */
export interface Batch {
  readonly records: readonly EventRecord[];
  readonly bad: readonly BadLine[];
  /** Bytes of all its lines, for progress. */
  readonly bytes: number;
}

/** Reads lines as the ledger will, and gathers those that are events into batches. */
export async function* batchesOf(
  lines: AsyncIterable<Line>,
  destination: Destination,
): AsyncGenerator<Batch> {
  let [records, bad, bytes]: [EventRecord[], BadLine[], number] = [[], [], 0];
  for await (const line of lines) {
    const isFull = records.length + bad.length >= batchEvents;
    if (isFull || (bytes > 0 && bytes + line.bytes.length > batchBytes)) {
      yield { records, bad, bytes };
      [records, bad, bytes] = [[], [], 0];
    }
    const record = recordOf(line, destination);
    if ('reason' in record) bad.push({ ...record, goodBefore: records.length });
    else records.push(record);
    bytes += line.bytes.length + 1;
  }
  if (bytes > 0) yield { records, bad, bytes };
}

function recordOf(
  { number, bytes: value }: Line,
  destination: Destination,
): EventRecord | Omit<BadLine, 'goodBefore'> {
  const headers = Object.entries(structuredHeaders).map(
    ([name, text]) => [name, Buffer.from(text)] as const,
  );
  const reading = read({ key: null, value, headers });
  if (!reading.ok) return { number, reason: reading.reason, faults: reading.faults };
  const { claim, facts } = reading;
  const key = facts.company ?? mentions(claim)[0] ?? null;
  if ('partition' in destination) return { ...destination, key, value };
  return { topic: topicOf(claim.type, destination.topics), key, value };
}
