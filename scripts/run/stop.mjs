import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { isAlive } from './identity.mjs';
import { survivors } from './run-file.mjs';

/** Stops one process: its own signal first, SIGKILL once its time is over. */
export async function stopProcess(child) {
  if (!isAlive(child)) return;
  send(child, child.stopSignal);
  if (await gone(child, child.stopWithinMs)) return;
  send(child, 'SIGKILL');
  await gone(child, 5_000);
}

/** Stops what is left of a run, last started first, and removes what it left lying about. */
export async function stopRun(run, onStop = () => undefined) {
  for (const child of survivors(run).reverse()) {
    onStop(child.name);
    await stopProcess(child);
  }
  for (const folder of run.leftovers) rmSync(folder, { recursive: true, force: true });
}

async function gone(child, withinMs) {
  const deadline = performance.now() + withinMs;
  while (isAlive(child)) {
    if (performance.now() > deadline) return false;
    await sleep(50);
  }
  return true;
}

function send(child, signal) {
  try {
    process.kill(child.wholeGroup ? -child.pid : child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error; // It ended in between.
  }
}
