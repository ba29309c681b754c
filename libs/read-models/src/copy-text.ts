/** A value of a column. Money, units and rates come as decimal text, never as numbers. */
export type Cell = string | number | bigint | boolean | null | readonly (string | number)[];

/** Cells as one line of COPY's text format, without its line end. */
export function copyText(cells: readonly Cell[]): string {
  return cells.map(copyCell).join('\t');
}

function copyCell(cell: Cell): string {
  if (cell === null) return '\\N';
  if (typeof cell === 'string') return escape(cell);
  if (typeof cell === 'boolean') return cell ? 't' : 'f';
  if (typeof cell === 'object') return escape(arrayText(cell));
  return cell.toString();
}

/** PostgreSQL's array literal. */
function arrayText(items: readonly (string | number)[]): string {
  const texts = items.map((item) =>
    typeof item === 'number' ? item.toString() : `"${item.replaceAll(/["\\]/g, '\\$&')}"`,
  );
  return `{${texts.join(',')}}`;
}

const NEEDS_ESCAPE = /[\\\t\n\r]/;
const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
};

function escape(text: string): string {
  return NEEDS_ESCAPE.test(text)
    ? text.replaceAll(/[\\\t\n\r]/g, (character) => escapes[character] ?? character)
    : text;
}
