import type { Appended, Prepared } from '#libs/ledger';
import { Appender, appendDefaults } from '#libs/ledger';
import type { Pool } from 'pg';
import type { Append } from './append-thread.ts';

/** Appends in this thread: slower, and all that is possible where sources run uncompiled. */
export class AppendHere implements Append {
  readonly #appender: Appender;

  constructor(pool: Pool, onRetry: (reason: string) => void) {
    this.#appender = new Appender(pool, {
      ...appendDefaults,
      onRetry: (error) => {
        onRetry(String(error));
      },
    });
  }

  append(batches: readonly Prepared[]): Promise<Appended> {
    return this.#appender.append(batches);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
