import fc from 'fast-check';
import type { Claim, Entry } from './claims.ts';
import { Dice } from './dice.ts';
import { opening, tell } from './telling-rest.ts';
import { world } from './vocabulary.ts';
import type { World } from './vocabulary.ts';

const SOURCES = ['news-desk', 'filings-scraper', 'deal-crm'];

/** How many identities the claims of a short stream are named from: few, so that a retraction finds a target. */
const NAMES = 36;

const identity = (name: number) => ({
  source: SOURCES[name % SOURCES.length] ?? '',
  id: `e${name}`,
});

/** One claim of a short stream, told by its own dice: leaving out another one does not change it. */
function claimOf(seed: number, told: World): Claim {
  const dice = new Dice(seed);
  const existing = () => identity(dice.below(NAMES));
  const shares = told.mood === 'shares' && dice.percent(25);
  const says = shares ? opening(dice, told) : tell(dice, told, existing);
  return { ...identity(seed % NAMES), ...says };
}

const seeds = fc.noShrink(fc.integer({ min: 0, max: 0x7fffffff }));

/** Short streams about one or two companies; a failure shrinks by leaving out claims. */
export const streams: fc.Arbitrary<Entry[]> = fc
  .tuple(
    seeds,
    fc.uniqueArray(seeds, { minLength: 1, maxLength: 16, selector: (seed) => seed % NAMES }),
  )
  .map(([about, claims]) => {
    const told = world(new Dice(about));
    return claims.map((seed, index) => ({ position: index + 1, claim: claimOf(seed, told) }));
  });

/** A CloudEvents envelope in structured mode (1-events.md). */
export interface Envelope extends Claim {
  readonly specversion: '1.0';
  readonly dataschema: string;
  readonly datacontenttype: 'application/json';
  readonly time: string;
}

/** About how many claims one company of a long stream is the subject of. */
const CLAIMS_A_COMPANY = 40;

/**
 * So many envelopes for load, the same for the same seed: a world of its own for every forty or so, told side by
 * side, with times a second apart from 2024-01-01 on. No two share an identity.
 */
export function generateStream(seed: number, count: number): Envelope[] {
  const dice = new Dice(seed);
  const worlds = Array.from({ length: Math.ceil(count / CLAIMS_A_COMPANY) }, (_, index) =>
    world(dice, `w${index + 1}-`),
  );
  const begin = Date.UTC(2024, 0, 1);
  return Array.from({ length: count }, (_, index) => {
    const source = dice.pick(SOURCES);
    const recent = () => {
      const back = Math.max(0, index - 1 - dice.below(200));
      return { source: dice.pick(SOURCES), id: `g${seed}-${back}` };
    };
    const { type, data } = tell(dice, dice.pick(worlds), recent);
    return {
      ...{ specversion: '1.0', id: `g${seed}-${index}`, source, type },
      time: new Date(begin + index * 1000).toISOString(),
      dataschema: `https://deal-ledger.example/schemas/${type}/v1`,
      ...{ datacontenttype: 'application/json', data },
    };
  });
}
