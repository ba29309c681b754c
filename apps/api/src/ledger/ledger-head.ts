import { Injectable } from '@nestjs/common';
import { head } from '#libs/ledger';
import type { LedgerMeta } from '../http/answer.ts';
import { Database } from '../http/database.ts';
import { timeOfMicros } from './entry.ts';

/** What an answer from the ledger itself reflects: all that is recorded. */
@Injectable()
export class LedgerHead {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async meta(): Promise<LedgerMeta> {
    const { position, recordedAt, publishedThrough } = await head(this.#database.pool);
    return {
      position,
      recordedAt: recordedAt === null ? null : timeOfMicros(recordedAt),
      publishedThrough:
        publishedThrough === null ? null : timeOfMicros(publishedThrough).slice(0, 10),
    };
  }
}
