import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readEnvelope } from '#libs/events';
import { coverage } from './coverage.ts';
import type { FindingKind } from './finding.ts';
import { generateStream, streams } from './streams.ts';

const FINDINGS: readonly FindingKind[] = [
  ...(['conflicting-claims', 'retracted-by-another-source', 'identity-cycle'] as const),
  ...(['shares-without-outstanding', 'disclosure-differs', 'nothing-outstanding'] as const),
  ...(['over-allocated', 'out-of-range', 'valuation-not-above-amount', 'overdrawn'] as const),
  ...(['comparison-contradicted', 'missing-fx-rate'] as const),
];

/** A long run prints its coverage, to tune the mixes by. */
const long = process.env['RUNS'] !== undefined;

describe('generated streams', () => {
  it('reach every finding and every kind of line', () => {
    const numRuns = long ? 1000 : 400;
    const reached = coverage(fc.sample(streams, { numRuns, seed: 20240220 }));
    if (long) {
      const rows = [...reached].map(([what, count]) => `${String(count).padStart(5)} ${what}`);
      process.stdout.write(`Of ${numRuns} streams:\n${rows.join('\n')}\n`);
    }
    expect(FINDINGS.filter((kind) => !reached.has(`finding ${kind}`))).toEqual([]);
  });

  it('are valid events, whatever else they are', () => {
    const envelopes = generateStream(7, 2000);
    const refused = envelopes.map((envelope) => readEnvelope(envelope)).filter(({ ok }) => !ok);
    expect(refused).toEqual([]);
  });

  it('are the same for the same seed', () => {
    expect(generateStream(7, 50)).toEqual(generateStream(7, 50));
    expect(generateStream(8, 50)).not.toEqual(generateStream(7, 50));
  });
});
