import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Cell } from './copy-text.ts';
import type { ClosedStep, OpenedStep, StepBatch } from './step-batch.ts';
import { keyText } from './steps.ts';
import type { Step, StepTable } from './steps.ts';

/** What `known_to` says of a row that is believed. */
const STILL = '9223372036854775807';

/** COPY text is sent in pieces of about this size. */
const PIECE_CHARACTERS = 65_536;

/**
 * Writes a batch's rows, inside the caller's transaction: closes what was believed before it, then
 * inserts by COPY. Throws if a row to close is not there: the tables are not what they should be.
 */
export async function writeSteps(
  client: ClientBase,
  schema: string,
  batch: StepBatch,
): Promise<void> {
  for (const [table, rows] of batch.closed) await close(client, schema, table, rows);
  for (const [table, rows] of batch.opened) {
    const columns = [...table.key.map(([column]) => column), 'known_from', 'known_to'];
    await copyRows(
      client,
      `${schema}.${table.name} (${[...columns, ...table.values].join(', ')})`,
      rows.map(lineOf),
    );
  }
}

/** Inserts lines of COPY text into `target`, a table with its columns. */
export async function copyRows(
  client: ClientBase,
  target: string,
  lines: readonly string[],
): Promise<void> {
  if (lines.length === 0) return;
  await pipeline(
    Readable.from(piecesOf(lines)),
    client.query(copyFrom(`COPY ${target} FROM STDIN`)),
  );
}

function* piecesOf(lines: readonly string[]): Generator<string> {
  let piece = '';
  for (const line of lines) {
    piece += `${line}\n`;
    if (piece.length < PIECE_CHARACTERS) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

function lineOf({ step, knownFrom, knownTo }: OpenedStep): string {
  return `${keyText(step)}\t${knownFrom}\t${knownTo ?? STILL}\t${step.values}`;
}

/** The key finds a few rows, of which one is open: known_to needs no index. */
async function close(
  client: ClientBase,
  schema: string,
  table: StepTable,
  rows: readonly ClosedStep[],
): Promise<void> {
  const names = table.key.map(([column]) => column);
  const lists = table.key.map((_, index) => `$${index + 1}::text[]`);
  const matches = table.key.map(([column, type]) => `open.${column} = closed.${column}::${type}`);
  const { rowCount } = await client.query({
    name: `close-${schema}-${table.name}`,
    text: `
      UPDATE ${schema}.${table.name} open SET known_to = closed.known_to
      FROM unnest(${lists.join(', ')}, $${lists.length + 1}::bigint[])
        AS closed (${names.join(', ')}, known_to)
      WHERE ${matches.join(' AND ')} AND open.known_to = ${STILL}`,
    values: [
      ...table.key.map((_, index) => rows.map(({ step }) => cellText(step, index))),
      rows.map(({ knownTo }) => knownTo),
    ],
  });
  if (rowCount !== rows.length) {
    throw new Error(
      `${schema}.${table.name}: ${rows.length} rows were to be closed, ${rowCount ?? 0} were open.`,
    );
  }
}

function cellText({ key }: Step, index: number): string {
  const cell: Cell = key[index] ?? null;
  return Array.isArray(cell) ? `{${cell.join(',')}}` : String(cell);
}
