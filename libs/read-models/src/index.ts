export { axes } from './axes.ts';
export { capTable } from './cap-table/question.ts';
export { copyText } from './copy-text.ts';
export { claims } from './claims/question.ts';
export { companies } from './companies/question.ts';
export { findings } from './findings/question.ts';
export { identities } from './identities/question.ts';
export { investors } from './investors/question.ts';
export { parties } from './parties/question.ts';
export { portfolio } from './portfolio/question.ts';
export { projectFailure } from './projection/project.ts';
export { failedCompanies } from './projection/question.ts';
export { columnName, columnsOf, orderOf, queryOf, rowTypes } from './question.ts';
export type { Question } from './question.ts';
export { projectRates } from './rates/project.ts';
export { standing } from './standing/question.ts';
export { StepBatch } from './step-batch.ts';
export { compareSteps } from './steps.ts';
export type { Step, StepChange } from './steps.ts';
export { projectDescription, projectTimeline, stepTables } from './tables.ts';
export { valuations } from './valuations/question.ts';
export {
  createFilling,
  dropUnreadFillings,
  fenceSchema,
  fillingProgress,
  fillingsOf,
  holdSchema,
  PROJECTION_VERSION,
  readableSchema,
  settleFilling,
} from './version.ts';
export type { Filling, FillingProgress } from './version.ts';
export { copyRows, writeSteps } from './write.ts';
