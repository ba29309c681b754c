import { Injectable } from '@nestjs/common';
import { fillingProgress } from '#libs/read-models';
import type { FillingProgress } from '#libs/read-models';
import { z } from 'zod';
import { Database } from '../http/database.ts';
import { LedgerHead } from '../ledger/ledger-head.ts';
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
  readonly #head: LedgerHead;

  constructor(database: Database, head: LedgerHead) {
    this.#database = database;
    this.#head = head;
  }

  async read(): Promise<Answer<LedgerMeta, Projection>> {
    const meta = await this.#head.meta();
    const fillings = await fillingProgress(this.#database.pool);
    const inUse = fillings.find(({ state }) => state === 'live');
    const next = fillings.findLast(({ state }) => state === 'building' || state === 'ready');
    return {
      meta,
      data: {
        live: inUse === undefined ? null : await this.#lagOf(inUse, meta.position),
        building: next === undefined ? null : progressOf(next, meta.position),
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
