import { rmSync } from 'node:fs';

import { readRun } from './run-file.mjs';
import { stopRun } from './stop.mjs';

/**
 * Outlives its parent by as long as it takes to stop the parent's children.
 *
 * Its standard input is a pipe that only the parent holds: it closes when the parent ends, even
 * by SIGKILL. After an orderly stop the run file is gone and nothing is left to do.
 */
const [runFile, parentPid] = process.argv.slice(2);

// A terminal's Ctrl-C is for the parent to handle, in its own order.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);

process.stdin.resume();
process.stdin.on('end', async () => {
  if (!isOurs(readRun(runFile))) return;
  await stopRun(readRun(runFile));
  if (isOurs(readRun(runFile))) rmSync(runFile, { force: true });
});

const isOurs = (run) => run?.owner.pid === Number(parentPid);
