import fc from 'fast-check';

/** A property that fails prints its seed; `SEED=… RUNS=…` before the command replays and prolongs it. */
const { SEED, RUNS } = process.env;
fc.configureGlobal({
  ...(SEED === undefined ? {} : { seed: Number(SEED) }),
  ...(RUNS === undefined ? {} : { numRuns: Number(RUNS) }),
});
