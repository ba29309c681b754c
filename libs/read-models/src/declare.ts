import { readFileSync } from 'node:fs';

/** The read models' SQL in the order in which one part needs another. */
const files = [
  'kinds.sql',
  'share.sql',
  'projection/table.sql',
  'identities/table.sql',
  'parties/table.sql',
  'rates/table.sql',
  'standing/table.sql',
  'cap-table/table.sql',
  'claims/table.sql',
  'findings/table.sql',
  'valuations/table.sql',
  'portfolio/table.sql',
  'rates/conversion.sql',
  'cap-table/comparisons.sql',
  'projection/question.sql',
  'identities/question.sql',
  'parties/question.sql',
  'standing/question.sql',
  'cap-table/question.sql',
  'claims/question.sql',
  'findings/question.sql',
  'valuations/question.sql',
  'portfolio/cost.sql',
  'portfolio/question.sql',
  'companies/question.sql',
  'investors/question.sql',
];

/** Everything that a filling's schema is made of, to be run with that schema as search path. */
export function declaration(): string {
  return files.map(read).join('\n');
}

/** The schema `deals` of analysts, to be run with the live filling's schema as search path. */
export function analystsDeclaration(): string {
  return read('deals.sql');
}

function read(file: string): string {
  return readFileSync(new URL(file, import.meta.url), 'utf8');
}
