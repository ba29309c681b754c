export type { Scope } from './affiliates.ts';
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
export type { DayChange } from './folded-days.ts';
export { CompanyFolding } from './follow.ts';
export { fold } from './fold.ts';
export { historyOfDeal, historyOfParty } from './histories.ts';
export { linksOf, type Link } from './links.ts';
export { portfolio, type PortfolioQuestion, type PortfolioRow } from './portfolio.ts';
export { Rates, type ExchangeRate } from './rates.ts';
export * from './timeline.ts';
