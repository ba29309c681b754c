import { readFileSync } from 'node:fs';
import type { Claim, Entry } from './claims.ts';

const STORY = new URL('../../data/large-model-race/events.ndjson', import.meta.url);

/** The large-model race, "line number = ledger position". */
export const readStory = (): Entry[] =>
  readFileSync(STORY, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line, index) => ({ position: index + 1, claim: JSON.parse(line) as Claim }));
