import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { entryPoint } from '../apps/apps.mjs';
import { Failure } from '../run/failure.mjs';
import { projectFolder } from '../run/settings.mjs';

const file = path.join('data', 'large-model-race', 'events.ndjson');
const publishAtMost = 3;
const recordedWithinMs = 30_000;

/**
 * Publishes the example story into an empty ledger and waits until it can be asked about.
 *
 * The lines go into one partition, for their order is the ledger's. Publishing is repeated until
 * the last line is recorded: what is there already is kept as a duplicate, which is harmless. So
 * a story that an earlier start left half told is told to its end.
 */
export async function tellStory({ children, api, env, say }) {
  const lines = readFileSync(path.join(projectFolder, file), 'utf8').trimEnd().split('\n');
  const [first, last] = [lines.at(0), lines.at(-1)].map((line) => JSON.parse(line));
  const ledgerIsEmpty = (await list(api, 'ledger/entries?limit=1')).length === 0;
  if (!ledgerIsEmpty && (await find(api, first)) === undefined) {
    return { summary: 'not published: the ledger holds entries of its own' };
  }
  let entry = await find(api, last);
  for (let round = 0; entry === undefined; round += 1) {
    if (round === publishAtMost) throw neverRecorded(last);
    const args = ['--enable-source-maps', entryPoint('cli'), 'publish', file, '--in-order'];
    say(`publishing ${lines.length} events`);
    await children.run('publish', process.execPath, args, { env });
    entry = await recorded(api, last, say);
  }
  say(`waiting until position ${entry.position} can be asked about`);
  await projected(api, BigInt(entry.position));
  return { summary: `${lines.length} events, the last at position ${entry.position}` };
}

async function recorded(api, event, say) {
  const deadline = performance.now() + recordedWithinMs;
  say('waiting until its last line is recorded');
  while (performance.now() < deadline) {
    const entry = await find(api, event);
    if (entry !== undefined) return entry;
    await sleep(100);
  }
  return undefined;
}

async function projected(api, position) {
  const deadline = performance.now() + recordedWithinMs;
  while (performance.now() < deadline) {
    const { data } = await ask(api, 'projection');
    if (data.live !== null && BigInt(data.live.position) >= position) return;
    await sleep(100);
  }
  throw new Failure('The projector does not catch up with the ledger.', {
    hints: ['Its log is projector.log; GET /v1/projection tells how far it is.'],
  });
}

async function find(api, { source, id }) {
  const identity = new URLSearchParams({ source, id });
  const [entry] = await list(api, `ledger/entries?${identity}`);
  return entry;
}

const list = async (api, question) => (await ask(api, question)).data;

async function ask(api, question) {
  const url = `${api}/v1/${question}`;
  const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
  const text = await response.text();
  if (response.ok) return JSON.parse(text);
  throw new Failure(`GET ${url} answered ${response.status}: ${text}`);
}

const neverRecorded = ({ source, id }) =>
  new Failure(`${file} was published ${publishAtMost} times, but its last line is not recorded.`, {
    hints: [
      `GET /v1/events?source=${source}&id=${id} tells that line's fate; see ingester.log too.`,
    ],
  });
