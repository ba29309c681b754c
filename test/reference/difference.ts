import type { CapTable } from './cap-table.ts';

/** One field on which two cap tables differ, such as `lines ann/common ownership`. */
export interface Difference {
  readonly field: string;
  readonly reference: unknown;
  readonly product: unknown;
}

/** Field by field, line by line. Empty: the two agree. */
export function differences(reference: CapTable, product: CapTable): Difference[] {
  const [left, right] = [cells(reference), cells(product)];
  return [...new Set([...left.keys(), ...right.keys()])]
    .map((field) => ({ field, reference: left.get(field), product: right.get(field) }))
    .filter((cell) => JSON.stringify(cell.reference) !== JSON.stringify(cell.product));
}

function cells(table: CapTable): Map<string, unknown> {
  const { company, register, totalOutstanding, totalFullyDiluted } = table;
  const all = new Map<string, unknown>(
    Object.entries({ company, register, totalOutstanding, totalFullyDiluted }),
  );
  for (const line of table.lines) {
    const { holder, stockClass, ...fields } = line;
    const key = `line ${holder}/${stockClass ?? ''}`;
    all.set(key, 'there');
    for (const [field, value] of Object.entries(fields)) all.set(`${key} ${field}`, value);
  }
  all.set(
    'lines in order',
    table.lines.map(({ holder, stockClass }) => [holder, stockClass]),
  );
  all.set('claims', table.claims);
  for (const { kind, entries } of table.findings) all.set(`finding ${kind} ${entries.join()}`, 1);
  all.set('findings in order', table.findings);
  return all;
}
