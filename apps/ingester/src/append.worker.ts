import { parentPort, workerData } from 'node:worker_threads';
import type { Prepared } from '#libs/ledger';
import { Appender, appendDefaults, roles } from '#libs/ledger';
import { createPool } from '#libs/platform';
import type { Answer } from './append-thread.ts';

/** The thread that holds the connection which appends; see AppendThread. */
const port = parentPort;
if (port === null) throw new Error('append.worker.ts is started by AppendThread only.');

const answer = (message: Answer): void => {
  port.postMessage(message);
};

const pool = createPool({
  url: (workerData as { url: string }).url,
  role: roles.writer,
  applicationName: 'deal-ledger-ingester append',
  max: 1,
});

const appender = new Appender(pool, {
  ...appendDefaults,
  onRetry: (error) => {
    answer({ retry: String(error) });
  },
});

port.on('message', (batches: readonly Prepared[] | null) => {
  if (batches === null) {
    void pool.end().then(() => {
      port.close();
    });
    return;
  }
  appender.append(batches).then(
    (appended) => {
      answer({ appended });
    },
    (error: unknown) => {
      answer({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    },
  );
});
