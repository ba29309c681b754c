import { believe } from './believe.ts';
import type { CapTable } from './cap-table.ts';
import { capTableOf } from './cap-table.ts';
import type { Entry } from './claims.ts';
import { UNDISCLOSED, isOptionClass } from './claims.ts';
import type { Line } from './lines.ts';

/** How often each finding, and each kind of line, is reached; once a stream at most. */
export function coverage(streams: readonly (readonly Entry[])[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const stream of streams) {
    const reached = new Set(tablesOf(stream).flatMap(tokens));
    for (const token of reached) counts.set(token, (counts.get(token) ?? 0) + 1);
  }
  return new Map([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function tablesOf(stream: readonly Entry[]): CapTable[] {
  const believed = believe(stream, stream.length);
  const companies = new Set(stream.flatMap(({ claim }) => claim.data.company ?? []));
  return ['2023-05-31', '2024-12-31'].flatMap((asOf) =>
    [...companies].map((company) => capTableOf(believed, company, asOf)),
  );
}

const tokens = (table: CapTable): string[] => [
  `register ${table.register}`,
  ...table.findings.map(({ kind }) => `finding ${kind}`),
  ...table.lines.flatMap((line) => lineTokens(table, line)),
  ...(table.claims.length > 0 ? ['claims'] : []),
  ...(table.claims.some(({ amount }) => amount === null) ? ['claims without amount'] : []),
];

const kindOf = ({ holder }: Line): string =>
  holder.startsWith('pool:') ? 'pool' : holder === UNDISCLOSED ? 'undisclosed' : 'party';

function lineTokens({ register }: CapTable, line: Line): string[] {
  const bound = line.ownershipAtMost === null ? 'without bound' : 'bounded';
  const known = line.ownership === null ? `unknown ${bound}` : `known ${line.basis} ${bound}`;
  const who = `line ${register} ${kindOf(line)}`;
  const is: readonly (readonly [boolean, string])[] = [
    [isOptionClass(line.stockClass), `${who} of an option class`],
    [line.ownership?.startsWith('-') === true, `${who} below zero`],
    [line.comparisons.length > 0, 'line compared'],
    [line.estimated, 'line estimated'],
    [!line.estimated, 'line not estimated'],
    [line.source === null, 'line without source'],
  ];
  return [`${who} ${known}`, ...is.filter(([reached]) => reached).map(([, token]) => token)];
}
