import type { ClientBase } from 'pg';
import { EntryRow } from './copy-rows.ts';
import type { KnownIdentities } from './place.ts';
import type { Prepared } from './prepare.ts';

/** Which identities of a batch are taken already. Ask under the head's lock: then none is added. */
export async function findKnown(
  client: ClientBase,
  batches: readonly Prepared[],
): Promise<KnownIdentities> {
  const asked = new Map<string, { source: string; id: string }>();
  for (const row of entryRows(batches)) {
    asked.set(row.identity, { source: row.source, id: row.id });
  }
  const identities = [...asked.keys()];
  const rows = [...asked.values()];
  // LATERAL: an index lookup each, whatever the planner thinks of the table's size.
  const { rows: found } = await client.query<Found>({
    name: 'ledger-find-known',
    text: `
      SELECT asked.n, entry.position, entry.content_hash
      FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS asked (source, id, n),
        LATERAL (SELECT position, content_hash FROM ledger.entry
          WHERE id = asked.id AND source = asked.source OFFSET 0) AS entry`,
    values: [rows.map(({ source }) => source), rows.map(({ id }) => id)],
  });
  return new Map(
    found.map(({ n, position, content_hash: contentHash }) => [
      identities[Number(n) - 1] ?? '',
      { position: Number(position), contentHash },
    ]),
  );
}

interface Found {
  n: string;
  position: string;
  content_hash: Buffer;
}

function* entryRows(batches: readonly Prepared[]): Generator<EntryRow> {
  for (const { entries } of batches) {
    const { buffer, byteOffset, byteLength } = entries.bytes;
    const bytes = Buffer.from(buffer, byteOffset, byteLength);
    for (const [index, tail] of entries.tails.entries()) {
      const start = entries.starts[index] ?? 0;
      const end = entries.starts[index + 1] ?? 0;
      yield new EntryRow(bytes, { start, tail, end });
    }
  }
}
