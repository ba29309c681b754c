export { readAs, type Belief } from './belief.ts';
export { believe } from './believe.ts';
export { capTable, type CapTable, type CapTableLine, type UnknownReason } from './cap-table.ts';
export { isOutstanding, type Company } from './company.ts';
export type { Entry } from './entry.ts';
export { evolve, type DayOfFacts } from './evolve.ts';
export {
  decimal,
  over,
  plus,
  printAt,
  printPlain,
  printUnits,
  sum,
  times,
  type Rational,
} from './exact.ts';
export * from './fact.ts';
export { fold } from './fold.ts';
export { Rates, type ExchangeRate } from './rates.ts';
export * from './timeline.ts';
