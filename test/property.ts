import fc from 'fast-check';

/**
 * Asserts that something holds for whatever is generated. A failure prints its seed;
 * `SEED=… npx jest …` runs the same cases again.
 */
export function holds<Cases extends [unknown, ...unknown[]]>(
  cases: { [K in keyof Cases]: fc.Arbitrary<Cases[K]> },
  predicate: (...of: Cases) => void,
  numRuns = 100,
): void {
  const { SEED: seed } = process.env;
  fc.assert(fc.property<Cases>(...cases, predicate), {
    numRuns,
    ...(seed !== undefined && { seed: Number(seed) }),
  });
}
