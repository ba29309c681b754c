import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Database } from '../http/database.ts';

/** What became of an event that was published. */
export const fate = z.object({
  fate: z
    .enum(['not-yet-read', 'recorded', 'duplicate', 'quarantined', 'no-record'])
    .meta({ description: 'no-record: the ledger has read past the coordinates and met none.' }),
  position: z.int().nullable().meta({ description: 'Of the entry, or of the one it repeats.' }),
  reason: z.string().nullable().meta({ description: 'Why it is quarantined; see docs/errors.md.' }),
  faults: z
    .array(z.object({ code: z.string(), pointer: z.string(), expected: z.string() }))
    .meta({ description: 'All that is wrong with it.' }),
  topic: z.string().nullable(),
  partition: z.int().nullable(),
  offset: z.string().nullable(),
});
export type Fate = z.infer<typeof fate>;

export interface Place {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
}

/** Tells the fate of events from the ledger alone: it holds every record it has read. */
@Injectable()
export class Fates {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The one record at Kafka coordinates. */
  async at({ topic, partition, offset }: Place): Promise<Fate> {
    const [row] = await this.#database.rows<Row>({
      name: 'fate-at',
      text: `
        SELECT p.next_offset <= $3::bigint AS ahead, e.position AS recorded,
          d.position AS duplicate, q.reason, q.faults, p.topic, p.partition, $3::bigint AS "offset"
        FROM ledger.partition p
        LEFT JOIN ledger.entry e ON e.partition_id = p.id AND e."offset" = $3::bigint
        LEFT JOIN ledger.duplicate d ON d.partition_id = p.id AND d."offset" = $3::bigint
        LEFT JOIN ledger.quarantine q ON q.partition_id = p.id AND q."offset" = $3::bigint
        WHERE p.topic = $1 AND p.partition = $2`,
      values: [topic, partition, offset],
    });
    return row === undefined ? { ...notYetRead, topic, partition, offset } : fateOf(row);
  }

  /** Every record under an identity that was recorded or quarantined, in the order it was met. */
  async of({ source, id }: { source: string; id: string }): Promise<Fate[]> {
    const rows = await this.#database.rows<Row>({
      name: 'fate-of',
      text: `
        SELECT false AS ahead, e.position AS recorded, NULL::bigint AS duplicate,
          NULL AS reason, '[]'::jsonb AS faults, p.topic, p.partition, e."offset", e.recorded_at
        FROM ledger.entry e JOIN ledger.partition p ON p.id = e.partition_id
        WHERE e.source = $1 AND e.id = $2
        UNION ALL
        SELECT false, NULL, NULL, q.reason, q.faults, p.topic, p.partition, q."offset", q.recorded_at
        FROM ledger.quarantine q JOIN ledger.partition p ON p.id = q.partition_id
        WHERE q.source = $1 AND q.event_id = $2
        ORDER BY recorded_at, recorded
        LIMIT 100`,
      values: [source, id],
    });
    return rows.length === 0 ? [notYetRead] : rows.map(fateOf);
  }
}

const notYetRead: Fate = {
  fate: 'not-yet-read',
  position: null,
  reason: null,
  faults: [],
  topic: null,
  partition: null,
  offset: null,
};

interface Row {
  ahead: boolean;
  recorded: string | null;
  duplicate: string | null;
  reason: string | null;
  faults: Fate['faults'] | null;
  topic: string;
  partition: number;
  offset: string;
}

function fateOf(row: Row): Fate {
  const { topic, partition, offset, reason, faults } = row;
  const position = row.recorded ?? row.duplicate;
  return {
    fate: nameOf(row),
    position: position === null ? null : Number(position),
    reason,
    faults: faults ?? [],
    topic,
    partition,
    offset,
  };
}

function nameOf(row: Row): Fate['fate'] {
  if (row.recorded !== null) return 'recorded';
  if (row.duplicate !== null) return 'duplicate';
  if (row.reason !== null) return 'quarantined';
  return row.ahead ? 'not-yet-read' : 'no-record';
}
