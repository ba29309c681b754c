import { read } from '#libs/events';
import type { Reading } from '#libs/events';
import { structuredHeaders } from '#libs/platform';
import { pointerTo } from '../http/schema.pipe.ts';
import { Problem } from '../http/problem.ts';
import type { RequestFault } from '../http/problem.ts';
import { splitArray } from './split-array.ts';

/** Events of one request at most; each may be 1 MiB. */
export const batchLimit = 1_000;

/** What a publisher sent: envelopes as they would be recorded, and how each reads. */
export interface ReceivedEvents {
  readonly isBatch: boolean;
  readonly events: readonly ReceivedEvent[];
}

export interface ReceivedEvent {
  readonly value: Buffer;
  readonly reading: Reading;
}

/** @throws Problem where the body is no JSON, or a batch of too many. */
export function receive(body: unknown): ReceivedEvents {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  const text = decode(bytes);
  const isBatch = Array.isArray(parse(text));
  if (!isBatch) return { isBatch, events: [readRecord(bytes)] };
  const elements = splitArray(text);
  if (elements.length > batchLimit) {
    throw new Problem('batch-too-large', `At most ${batchLimit} events at once.`);
  }
  return { isBatch, events: elements.map((element) => readRecord(Buffer.from(element))) };
}

/** Every fault of every event, pointing into the body. */
export function faultsOf({ isBatch, events }: ReceivedEvents): RequestFault[] {
  return events.flatMap(({ reading }, index) => {
    if (reading.ok) return [];
    const prefix = isBatch ? pointerTo([String(index)]) : '';
    return reading.faults.map(({ code, pointer, expected }) => ({
      code,
      in: 'body' as const,
      pointer: `${prefix}${pointer}`,
      expected,
    }));
  });
}

/** As the ingester will read it: the very record that is published. */
function readRecord(value: Buffer): ReceivedEvent {
  const headers = Object.entries(structuredHeaders).map(
    ([name, text]) => [name, Buffer.from(text)] as const,
  );
  return { value, reading: read({ key: null, value, headers }) };
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Problem('body-not-json', 'The body is not UTF-8.');
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Problem('body-not-json', error instanceof SyntaxError ? error.message : 'No JSON.');
  }
}
