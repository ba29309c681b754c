import { Injectable } from '@nestjs/common';
import { LiveFilling } from '../projection/live-filling.ts';
import type { Meta } from './answer.ts';
import { Database } from './database.ts';
import { Problem } from './problem.ts';
import { knowledgePoint, today } from './time-axes.ts';
import type { KnowledgePoint, TimeAxes } from './time-axes.ts';
import { statementOf } from './view.ts';
import type { View } from './view.ts';

/** How long a question waits for what is recorded to be projected. */
const waitMs = 2_000;

/** What a statement tells beside the parts of its view. */
interface Resolved {
  /** The ledger's newest position. */
  head: string;
  /** The projection's position. */
  projected: string;
  version: number;
  /** The position asked about. */
  position: string;
  settled: boolean;
  recordedAt: string | null;
  publishedThrough: string | null;
}

export interface Asked {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly at: TimeAxes;
  /** The version that a cursor is pinned to; null or absent: whichever is asked. */
  readonly version?: number | null | undefined;
}

/** Asks views of the live filling: point, version and rows come from one statement. */
@Injectable()
export class Questions {
  readonly #database: Database;
  readonly #filling: LiveFilling;

  constructor(database: Database, filling: LiveFilling) {
    this.#database = database;
    this.#filling = filling;
  }

  /**
   * @throws Problem `position-ahead` for a position that is not recorded, `not-projected-yet` for
   * one that is not projected within a moment, `projection-not-ready` where there is no filling,
   * `cursor-gone` where the version of a cursor is no longer asked.
   */
  async ask<Parts extends Record<string, unknown>>(
    view: View<Parts>,
    { parameters, at, version }: Asked,
  ): Promise<{ meta: Meta; parts: Parts }> {
    const asOf = at.asOf ?? today();
    const deadline = performance.now() + waitMs;
    let point = knowledgePoint(at);
    let settled: boolean | undefined;
    for (;;) {
      const { resolved, parts } = await this.#read(view, { ...parameters, asOf }, point);
      const wanted = wantedOf(resolved, { at, version });
      // A time or a day may have come to mean a later position: the first reading holds.
      const position = Number(resolved.position);
      const isAxis = point.by === 'time' || point.by === 'publication';
      if (isAxis) settled = resolved.settled;
      if (wanted <= Number(resolved.projected)) {
        return { meta: metaOf(resolved, { asOf, settled: settled ?? resolved.settled }), parts };
      }
      const left = deadline - performance.now();
      if (left <= 0) {
        const detail = `Position ${wanted} is not projected; the projection is at ${resolved.projected}.`;
        throw new Problem('not-projected-yet', detail, { retryAfterSeconds: 1 });
      }
      await this.#filling.mayReach(wanted, left);
      if (isAxis) point = { by: 'position', position };
    }
  }

  async #read<Parts extends Record<string, unknown>>(
    view: View<Parts>,
    parameters: Readonly<Record<string, unknown>>,
    point: KnowledgePoint,
  ): Promise<{ resolved: Resolved; parts: Parts }> {
    const names = [...view.parameters, 'asOf'];
    const values = [...names.map((name) => parameters[name] ?? null), ...valuesOf(point)];
    for (let attempt = 1; ; attempt++) {
      const { schema } = await this.#filling.current();
      try {
        const [row] = await this.#database.rows<Resolved & Parts>({
          ...statementOf(view, schema, point.by),
          values,
        });
        if (row === undefined) throw new Error(`${schema}.checkpoint or ledger.head is empty.`);
        return { resolved: row, parts: row };
      } catch (error) {
        if (attempt > 1 || !isDropped(error)) throw error;
        await this.#filling.refresh();
      }
    }
  }
}

/** The position that must be projected before there is an answer. */
function wantedOf(resolved: Resolved, { at, version }: Pick<Asked, 'at' | 'version'>): number {
  if (typeof version === 'number' && version !== resolved.version) {
    throw new Problem('cursor-gone', 'The rules have changed since: ask for the first page.');
  }
  const position = Number(resolved.position);
  if (position > Number(resolved.head)) {
    throw new Problem('position-ahead', `The newest position is ${resolved.head}.`);
  }
  return Math.max(position, at.minPosition ?? 0);
}

function metaOf(resolved: Resolved, { asOf, settled }: Pick<Meta, 'asOf' | 'settled'>): Meta {
  return {
    asOf,
    position: Number(resolved.position),
    recordedAt: resolved.recordedAt,
    publishedThrough: resolved.publishedThrough,
    projectionVersion: resolved.version,
    settled,
  };
}

function valuesOf(point: KnowledgePoint): unknown[] {
  switch (point.by) {
    case 'default':
      return [];
    case 'position':
      return [point.position];
    case 'time':
      return [point.time];
    case 'publication':
      return [point.day];
  }
}

/** The schema was swapped and dropped between the look at which it is and the statement. */
function isDropped(error: unknown): boolean {
  const { code } = error as { code?: string };
  return code === '3F000' || code === '42P01' || code === '42883';
}
