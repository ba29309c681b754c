import { rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

import { Children } from './children.mjs';
import { Failure, explain } from './failure.mjs';
import { commandOf, identify, isAlive, parentOf } from './identity.mjs';
import { RunFile, readRun, survivors } from './run-file.mjs';
import { stopRun } from './stop.mjs';

const watchEveryMs = 1_000;

/**
 * Runs `work({ children, runFile })` as the only run on a data folder, and ends the process with
 * the exit code it resolves to once every child is stopped.
 *
 * Ctrl-C, SIGTERM and SIGHUP end it earlier, with `interruptedCode`; so does the end of the npm
 * that started us.
 */
export async function runAlone({ dataFolder, progress, interruptedCode, work }) {
  let code = 1;
  try {
    const runFile = await takeFolder(dataFolder, progress);
    const children = new Children({ runFile, logFolder: path.join(dataFolder, 'logs') });
    const interrupted = interruption(interruptedCode);
    code = await workUntilEnd({ children, runFile, progress, work, interrupted });
    await children.stopAll((name) => progress.print(`  stopping ${name}`));
    for (const folder of runFile.leftovers) rmSync(folder, { recursive: true, force: true });
    runFile.release();
  } catch (error) {
    progress.print(`\n${explain(error)}`);
  }
  process.exit(code);
}

async function workUntilEnd({ children, runFile, progress, work, interrupted }) {
  try {
    return await Promise.race([interrupted, work({ children, runFile })]);
  } catch (error) {
    if (error instanceof Interruption) progress.print(`\n${error.message}`);
    else progress.print(`\n${explain(error)}\n`);
    return error instanceof Interruption ? error.code : 1;
  }
}

class Interruption extends Error {
  constructor(message, code) {
    super(message);
    this.code = code;
  }
}

/** npm forwards the signals that a terminal sends to both: only the first counts. */
function interruption(code) {
  const interrupted = new Promise((_resolve, reject) => {
    process.on('SIGINT', () => reject(new Interruption('Stopping.', code)));
    process.on('SIGTERM', () => reject(new Interruption('Stopping.', code)));
    process.on('SIGHUP', () => reject(new Interruption('The terminal is gone: stopping.', code)));
    const callers = npmCallers();
    setInterval(() => {
      if (!callers.every(isAlive)) reject(new Interruption('npm is gone: stopping.', 1));
    }, watchEveryMs).unref();
  });
  interrupted.catch(() => undefined); // It may come when nobody waits any more.
  return interrupted;
}

/** The npm that started us, and the shell between. None where nobody but a person did. */
function npmCallers() {
  if (process.env.npm_lifecycle_event === undefined) return [];
  const parent = process.ppid;
  const pids = isNpm(parent) ? [parent] : isNpm(parentOf(parent)) ? [parent, parentOf(parent)] : [];
  return pids.map((pid) => ({ pid, identity: identify(pid) }));
}

const isNpm = (pid) => pid !== null && /\bnpm\b/.test(commandOf(pid));

async function takeFolder(dataFolder, progress) {
  const file = path.join(dataFolder, 'run.json');
  const runFile = new RunFile(file);
  const holder = runFile.take();
  if (holder === null) return runFile;
  refuseBesideLive(holder);
  const left = survivors(holder).map(({ name }) => name);
  if (left.length > 0) progress.print(`The last run was killed: stopping its ${left.join(', ')}.`);
  await stopRun(holder);
  if (readRun(file)?.owner.pid === holder.owner.pid) rmSync(file, { force: true });
  const winner = runFile.take();
  if (winner !== null) refuseBesideLive(winner);
  return runFile;
}

export function refuseBesideLive({ owner }) {
  if (!isAlive(owner)) return;
  const since = new Date(owner.since).toLocaleTimeString();
  throw new Failure(`It is running already: process ${owner.pid}, since ${since}.`, {
    hints: [...owner.urls, `Stop it with Ctrl-C where it runs, or with \`kill ${owner.pid}\`.`],
  });
}
