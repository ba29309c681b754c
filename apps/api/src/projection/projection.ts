import { Injectable } from '@nestjs/common';
import { head } from '#libs/ledger';
import { fillingProgress } from '#libs/read-models';
import type { FillingProgress } from '#libs/read-models';
import { z } from 'zod';
import { Database } from '../http/database.ts';
import { timeOfMicros } from '../ledger/entry.ts';
import type { Answer, LedgerMeta } from '../http/answer.ts';

const live = z.object({
  version: z.int(),
  position: z.int(),
  lagEntries: z.int().meta({ description: 'Entries that are recorded and not yet projected.' }),
  lagSeconds: z.number().meta({ description: 'How long the oldest of them has waited.' }),
});

const building = z.object({
  version: z.int(),
  position: z.int(),
  rate: z.number().meta({ description: 'Entries a second, since it was begun.' }),
  secondsLeft: z.number().nullable().meta({ description: 'Null: it has only begun.' }),
});

/** The versions there are: the one that is read, and the one that is to take its place. */
export const projection = z.object({ live: live.nullable(), building: building.nullable() });
export type Projection = z.infer<typeof projection>;

/** Tells how far the read models are, from what each filling says of itself. */
@Injectable()
export class ProjectionStatus {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async read(): Promise<Answer<LedgerMeta, Projection>> {
    const newest = await head(this.#database.pool);
    const fillings = await fillingProgress(this.#database.pool);
    const inUse = fillings.find(({ state }) => state === 'live');
    const next = fillings.findLast(({ state }) => state === 'building' || state === 'ready');
    return {
      meta: {
        position: newest.position,
        recordedAt: newest.recordedAt === null ? null : timeOfMicros(newest.recordedAt),
        publishedThrough:
          newest.publishedThrough === null
            ? null
            : timeOfMicros(newest.publishedThrough).slice(0, 10),
      },
      data: {
        live: inUse === undefined ? null : await this.#lagOf(inUse, newest.position),
        building: next === undefined ? null : progressOf(next, newest.position),
      },
    };
  }

  async #lagOf(
    { version, position }: FillingProgress,
    newest: number,
  ): Promise<z.infer<typeof live>> {
    const [first] = await this.#database.rows<{ seconds: string }>({
      name: 'projection-lag',
      text: `SELECT extract(epoch FROM clock_timestamp() - recorded_at)::text AS seconds
             FROM ledger.entry WHERE position = $1`,
      values: [position + 1],
    });
    const lagSeconds = Math.max(0, Number(first?.seconds ?? 0));
    return { version, position, lagEntries: Math.max(0, newest - position), lagSeconds };
  }
}

function progressOf(
  { version, position, startedAt }: FillingProgress,
  newest: number,
): z.infer<typeof building> {
  const seconds = Math.max(0.001, (Date.now() - startedAt.getTime()) / 1_000);
  const rate = position / seconds;
  const left = Math.max(0, newest - position);
  return { version, position, rate, secondsLeft: left === 0 ? 0 : rate === 0 ? null : left / rate };
}
