export { readAs, type Belief } from './belief.ts';
export type { Company } from './company.ts';
export type { Entry } from './entry.ts';
export { evolve, type DayOfFacts } from './evolve.ts';
export * from './fact.ts';
export { fold } from './fold.ts';
export type { ExchangeRate } from './rates.ts';
export * from './timeline.ts';
