import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { believe as productBelief } from '#libs/fold';
import { believe } from './believe.ts';
import { capTable, capTableOf } from './cap-table.ts';
import type { Question } from './cap-table.ts';
import type { Entry } from './claims.ts';
import { strengthOf } from './claims.ts';
import type { Difference } from './difference.ts';
import { differences } from './difference.ts';
import { minimise } from './minimise.ts';
import { ledgerEntries, productTable, productTableOf } from './product.ts';
import { readStory } from './story.ts';
import { streams } from './streams.ts';

/** `RUNS=20000 SEED=7 npx jest test/reference/agreement` for the long mode. */
const runs = Number(process.env['RUNS'] ?? 300);
const seed = Number(process.env['SEED'] ?? 20240220);

const DAYS = ['2023-01-31', '2023-02-28', '2023-05-31', '2023-06-30', '2023-12-31', '2024-12-31'];

interface Asked extends Question {
  readonly company: string;
}

const companiesOf = (entries: readonly Entry[]): string[] => [
  ...new Set(entries.flatMap(({ claim }) => claim.data.company ?? [])),
];

/** The first question to which the two answer differently. */
function disagreement(entries: readonly Entry[], positions: readonly number[]): Asked | null {
  const ledger = ledgerEntries(entries);
  for (const position of positions) {
    const believed = believe(entries, position);
    const belief = productBelief(ledger, position);
    for (const company of companiesOf(entries)) {
      for (const asOf of DAYS) {
        const product = productTableOf(belief, company, asOf);
        const differing = differences(capTableOf(believed, company, asOf), product);
        if (differing.length > 0) return { company, asOf, position };
      }
    }
  }
  return null;
}

function differ(entries: readonly Entry[], asked: Asked): Difference[] {
  const product = productTable(ledgerEntries(entries), asked.company, asked);
  return differences(capTable(entries, asked.company, asked), product);
}

/** The least claims on which the two still differ there, with both answers, readable without the code. */
function transcript(entries: readonly Entry[], asked: Asked): string {
  const least = minimise(entries, (some) => differ(some, asked).length > 0);
  const { company, asOf, position } = asked;
  return [
    `${company} as of ${asOf}, known at ${position}:`,
    ...least.map(
      ({ position: at, claim }) =>
        `  #${at} ${claim.source}/${claim.id} ${claim.type} (${strengthOf(claim)}) ${JSON.stringify(claim.data)}`,
    ),
    ...differ(least, asked).map(
      ({ field, reference, product }) =>
        `  ${field}: reference ${JSON.stringify(reference)}, product ${JSON.stringify(product)}`,
    ),
  ].join('\n');
}

describe('the fold agrees with its second reading', () => {
  it('on the large-model race, whatever is asked', () => {
    const story = readStory();
    const asked = disagreement(story, [93, 130, 136, 150, story.length]);
    expect(asked === null ? 'agreed' : transcript(story, asked)).toBe('agreed');
  });

  it(
    'on generated streams, line by line and field by field',
    () => {
      fc.assert(
        fc.property(streams, fc.noShrink(fc.nat()), (entries, other) => {
          const positions = [entries.length, 1 + (other % entries.length)];
          const asked = disagreement(entries, positions);
          if (asked !== null) throw new Error(transcript(entries, asked));
        }),
        { numRuns: runs, seed },
      );
    },
    30_000 + runs * 1000,
  );
});
