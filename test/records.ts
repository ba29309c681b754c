import type { Header } from '#libs/events';
import type { ReceivedRecord } from '#libs/ledger';
import { encodeHeaders } from '#libs/ledger';

/** A claim as a publisher words it, before it becomes bytes. */
export interface Publication {
  readonly id: string;
  readonly source?: string;
  readonly type?: string;
  readonly time?: string;
  readonly data?: unknown;
}

/** Data of a party-described claim that says little. */
export const describedParty = (party: string, name = party): unknown => ({
  party,
  name,
  effectiveOn: '2024-02-19',
  sources: [],
});

/** Key, value and headers of a publication in binary mode. */
export function binaryMode(publication: Publication) {
  const { id, source, type, time, data } = filled(publication);
  const headers: Record<string, string> = {
    ce_specversion: '1.0',
    ce_id: id,
    ce_source: source,
    ce_type: type,
    ...(time === undefined ? {} : { ce_time: time }),
    'content-type': 'application/json',
  };
  return { key: id, value: JSON.stringify(data), headers };
}

/** Key, value and headers of a publication in structured mode. */
export function structuredMode(publication: Publication) {
  const { id, source, type, time, data } = filled(publication);
  const envelope = { specversion: '1.0', id, source, type, time, data };
  const headers: Record<string, string> = { 'content-type': 'application/cloudevents+json' };
  return { key: id, value: JSON.stringify(envelope), headers };
}

/** A record as the decoder hands it to the ledger. */
export function received(
  offset: number,
  record: {
    key?: string | null;
    value: string | Uint8Array | null;
    headers?: Record<string, string>;
  },
): ReceivedRecord {
  const { key = null, value, headers = {} } = record;
  const list = Object.entries(headers).map(([name, text]): Header => [name, Buffer.from(text)]);
  return {
    at: offset,
    timeMs: 1_700_000_000_000 + offset,
    key: key === null ? null : Buffer.from(key),
    value: typeof value === 'string' ? Buffer.from(value) : value,
    headerBytes: encodeHeaders(list),
  };
}

function filled(publication: Publication) {
  return {
    source: 'test-desk',
    type: 'party-described',
    data: describedParty('moonshot-ai'),
    ...publication,
  };
}
