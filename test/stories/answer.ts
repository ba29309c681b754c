/** A cap table in the words of a transcript: one text a cell. */
export interface Answer {
  /** The id the company is read under. */
  readonly company: string;
  readonly register: string;
  readonly lines: readonly AnswerLine[];
  /** `cy, note#1, USD 5000000`; `cy, note#1, unknown`. */
  readonly claims: readonly string[];
  /** `overdrawn (2, 3)`. */
  readonly findings: readonly string[];
}

type AnswerLine = Readonly<Record<Column, string>>;

const COLUMNS = [
  'holder',
  'class',
  'units',
  'ownership',
  'fully diluted',
  'at most',
  'basis',
  'source',
  'estimated',
  'comparisons',
  'entries',
] as const;
type Column = (typeof COLUMNS)[number];

/** What both the product and the independent reference answer with. */
export interface CapTable {
  readonly company: string;
  readonly register: string;
  readonly totalOutstanding: string | null;
  readonly totalFullyDiluted: string | null;
  readonly lines: readonly {
    readonly holder: string;
    readonly stockClass: string | null;
    readonly units: string | null;
    readonly ownership: string | null;
    readonly ownershipFullyDiluted: string | null;
    readonly ownershipAtMost: string | null;
    readonly basis: string;
    readonly source: string | null;
    readonly estimated: boolean;
    readonly comparisons: readonly { than: string; relation: string; entry: number }[];
    readonly entries: readonly number[];
  }[];
  readonly claims: readonly {
    readonly holder: string;
    readonly roundId: string;
    readonly tranche: number;
    readonly amount: Readonly<Record<string, string>> | null;
  }[];
  readonly findings: readonly { readonly kind: string; readonly entries: readonly number[] }[];
}

const NOTHING = '–';

/** A cap table as a transcript would tell it. */
export function answerOf(table: CapTable): Answer {
  const { totalOutstanding, totalFullyDiluted } = table;
  return {
    company: table.company,
    register:
      table.register === 'notional'
        ? 'none'
        : registerOf(totalOutstanding ?? NOTHING, totalFullyDiluted ?? NOTHING),
    lines: table.lines.map((line) => ({
      holder: line.holder,
      class: line.stockClass ?? NOTHING,
      units: line.units ?? NOTHING,
      ownership: line.ownership ?? NOTHING,
      'fully diluted': line.ownershipFullyDiluted ?? NOTHING,
      'at most': line.ownershipAtMost ?? NOTHING,
      basis: line.basis,
      source: line.source ?? NOTHING,
      estimated: line.estimated ? 'yes' : 'no',
      comparisons: line.comparisons.map(comparisonOf).join(', ') || NOTHING,
      entries: line.entries.join(', ') || NOTHING,
    })),
    claims: table.claims.map(
      ({ holder, roundId, tranche, amount }) =>
        `${holder}, ${roundId}#${tranche}, ${amountOf(amount)}`,
    ),
    findings: table.findings.map(({ kind, entries }) => `${kind} (${entries.join(', ')})`),
  };
}

const comparisonOf = ({ than, relation, entry }: CapTable['lines'][0]['comparisons'][0]): string =>
  `${relation} ${relation === 'equal' ? 'to' : 'than'} ${than} (${entry})`;

const registerOf = (outstanding: string, fullyDiluted: string): string =>
  `${outstanding} outstanding, ${fullyDiluted} fully diluted`;

const amountOf = (amount: Readonly<Record<string, string>> | null): string =>
  Object.entries(amount ?? {})
    .map(([currency, text]) => `${currency} ${text}`)
    .join(' ') || 'unknown';

/**
 * The answer that a section of a transcript expects: its table, and its list of what is not in
 * the table. What a section leaves out is not expected either.
 */
export function expectedAnswer(company: string, section: readonly string[]): Answer {
  const listed = section.filter((line) => line.startsWith('- ')).map((line) => line.slice(2));
  const items = listed.map((line) => {
    const [, name = '', text = ''] =
      /^(Share register|Read as|Claim|Finding): (.+)$/.exec(line) ?? [];
    if (text === '') throw new Error(`Not part of an answer: ${line}`);
    return { name, text: text.replaceAll('`', '') };
  });
  const all = (wanted: string): string[] =>
    items.filter(({ name }) => name === wanted).map(({ text }) => text);
  return {
    company: all('Read as')[0] ?? company,
    register: all('Share register').map(withoutThousands)[0] ?? 'none',
    lines: expectedLines(section),
    claims: all('Claim').map(withoutThousands),
    findings: all('Finding'),
  };
}

const withoutThousands = (text: string): string => text.replace(/(\d),(?=\d{3})/g, '$1');

function expectedLines(section: readonly string[]): AnswerLine[] {
  const [heading, rule, ...rows] = section.filter((line) => line.startsWith('|')).map(cellsOf);
  if (heading === undefined) {
    if (section.includes('No lines.')) return [];
    throw new Error('The question has no table.');
  }
  const strange = heading.filter((name) => !COLUMNS.some((column) => column === name));
  if (strange.length > 0) throw new Error(`A table has no column ${strange.join(', ')}.`);
  if (rule?.every((cell) => /^-+:?$/.test(cell)) !== true || rows.length === 0) {
    throw new Error('The table has no lines.');
  }
  return rows.map((row) => expectedLine(heading, row));
}

const cellsOf = (row: string): string[] =>
  row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

function expectedLine(heading: readonly string[], row: readonly string[]): AnswerLine {
  if (row.length !== heading.length) throw new Error(`A row of another width: ${row.join(' | ')}`);
  const cell = (column: Column, absent?: string): string => {
    const text = row[heading.indexOf(column)] ?? absent;
    if (text === undefined) throw new Error(`The table has no column ${column}.`);
    return text === 'unknown' ? NOTHING : text;
  };
  const ownership = cell('ownership');
  return {
    holder: cell('holder'),
    class: cell('class', NOTHING),
    units: withoutThousands(cell('units', NOTHING)),
    ownership,
    'fully diluted': cell('fully diluted', ownership),
    'at most': cell('at most', NOTHING),
    basis: cell('basis'),
    source: cell('source'),
    estimated: cell('estimated'),
    comparisons: cell('comparisons', NOTHING),
    entries: cell('entries'),
  };
}

/**
 * Every cell in which an answer is not what was expected, in a sentence; of a line that only one
 * of them has, that alone. Empty: they agree.
 */
export function differences(expected: Answer, actual: Answer): string[] {
  const got = cellsByName(actual);
  return [...cellsByName(expected)].flatMap(([name, told]) => {
    const cell = got.get(name) ?? told;
    return cell === told ? [] : [`${name}: expected ${told}, got ${cell}`];
  });
}

function cellsByName({ company, register, lines, claims, findings }: Answer): Map<string, string> {
  const cells = new Map(Object.entries({ company, 'share register': register }));
  cells.set('lines', lines.map(nameOf).join('; ') || 'none');
  for (const line of lines) {
    for (const column of COLUMNS) cells.set(`${nameOf(line)}, ${column}`, line[column]);
  }
  cells.set('claims', claims.join('; ') || 'none');
  cells.set('findings', findings.join('; ') || 'none');
  return cells;
}

const nameOf = (line: AnswerLine): string =>
  line.class === NOTHING ? line.holder : `${line.holder} (${line.class})`;
