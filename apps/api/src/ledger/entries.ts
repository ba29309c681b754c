import { Injectable } from '@nestjs/common';
import { readEntries, readEntriesAt, readEntryOf } from '#libs/ledger';
import type { StoredEntry } from '#libs/ledger';
import { z } from 'zod';
import type { Answer, LedgerMeta, Page } from '../http/answer.ts';
import { Database } from '../http/database.ts';
import { readCursor, writeCursor } from '../http/page.ts';
import { Problem } from '../http/problem.ts';
import { LiveFilling } from '../projection/live-filling.ts';
import { describeEntry } from './entry.ts';
import type { LedgerEntry } from './entry.ts';
import { LedgerHead } from './ledger-head.ts';
import { linksTo } from './mention.ts';

const cursorContent = z.strictObject({ from: z.int().min(1), to: z.int().min(0) });

export interface Selection {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly company?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Reads the ledger for the API. What it answers is complete up to `meta.position`. */
@Injectable()
export class Entries {
  readonly #database: Database;
  readonly #filling: LiveFilling;
  readonly #head: LedgerHead;

  constructor(database: Database, filling: LiveFilling, head: LedgerHead) {
    this.#database = database;
    this.#filling = filling;
    this.#head = head;
  }

  async list(selection: Selection): Promise<Page<LedgerMeta, LedgerEntry>> {
    const meta = await this.#head.meta();
    const range = this.#rangeOf(selection, meta.position);
    const wanted = { ...range, limit: selection.limit + 1 };
    const found =
      selection.company === undefined
        ? await readEntries(this.#database.pool, wanted)
        : await this.#ofCompany(selection.company, wanted);
    const shown = found.slice(0, selection.limit);
    const following = found[selection.limit];
    const next =
      following === undefined ? null : writeCursor({ from: following.position, to: range.to });
    return { meta, data: shown.map(describeEntry), next };
  }

  async named(identity: { source: string; id: string }): Promise<Page<LedgerMeta, LedgerEntry>> {
    const meta = await this.#head.meta();
    const entry = await readEntryOf(this.#database.pool, identity);
    return { meta, data: entry === undefined ? [] : [describeEntry(entry)], next: null };
  }

  /** @throws Problem `position-ahead`. */
  async at(position: number): Promise<Answer<LedgerMeta, LedgerEntry>> {
    const meta = await this.#head.meta();
    const [entry] = await readEntriesAt(this.#database.pool, [position]);
    if (entry === undefined) {
      throw new Problem('position-ahead', `The newest position is ${meta.position}.`);
    }
    return { meta, data: describeEntry(entry) };
  }

  /** Never above the head as it was read: a page and its cursor stand still. */
  #rangeOf(selection: Selection, head: number): { from: number; to: number } {
    if (selection.cursor !== undefined) return readCursor(selection.cursor, cursorContent);
    return { from: selection.from ?? 1, to: Math.min(selection.to ?? head, head) };
  }

  async #ofCompany(
    company: string,
    { from, to, limit }: { from: number; to: number; limit: number },
  ): Promise<StoredEntry[]> {
    const { schema } = await this.#filling.current();
    const rows = await this.#database.rows<{ position: string }>({
      name: `${schema}-entries-of`,
      text: `SELECT DISTINCT position FROM ${schema}.mention
             WHERE link IN (${linksTo('$1')}) AND position BETWEEN $2 AND $3
             ORDER BY position LIMIT $4`,
      values: [company, from, to, limit],
    });
    const positions = rows.map(({ position }) => Number(position));
    return positions.length === 0 ? [] : readEntriesAt(this.#database.pool, positions);
  }
}
