import { columnName, columnsOf, orderOf } from '#libs/read-models';
import type { Question } from '#libs/read-models';
import { z } from 'zod';
import type { KnowledgePoint } from './time-axes.ts';

/** A JSON value of an answer, as an SQL expression; `w.position` is the position it rests on. */
export type Part<T> = ((source: Source) => string) & { readonly type?: T };

/** What a part may refer to. */
export interface Source {
  /** The filling's schema. */
  readonly schema: string;
  /** The placeholder of one of the view's parameters, or of `asOf`. */
  readonly parameter: (name: string) => string;
}

/** Several questions that one answer needs, asked in one statement of one state. */
export interface View<Parts extends Record<string, unknown>> {
  /** Tells its statement from every other's. */
  readonly name: string;
  /** Names of its parameters, beside `asOf`; what a caller may ask for, never SQL. */
  readonly parameters: readonly string[];
  readonly parts: { readonly [P in keyof Parts]: Part<Parts[P]> };
}

type RowOf<Q extends Question> = z.output<Q['row']>;

/** Clauses of a list; `q` is a row of the question. */
export interface Clauses {
  readonly where?: (source: Source) => string;
  readonly order?: string;
  readonly page?: (source: Source) => string;
}

/** All rows of a question, in the order of its key unless told. */
export function rows<Q extends Question>(
  question: Q,
  { where, order, page }: Clauses = {},
): Part<RowOf<Q>[]> {
  return (source) => `(
    SELECT coalesce(json_agg(row_to_json(r)), '[]') FROM (
      SELECT ${jsonColumnsOf(question)} FROM ${callOf(question, source)} q
      ${where === undefined ? '' : `WHERE ${where(source)}`}
      ORDER BY ${order ?? orderOf(question, 'q')}
      ${page?.(source) ?? ''}) r)`;
}

/**
 * The row of a question about many that is about the party asked for, under whichever id it is
 * read; null without one. OFFSET 0 keeps the party's id a constant that reaches the indexes.
 */
export function rowOf<Q extends Question>(
  question: Q,
  { parameter, key }: { parameter: string; key: keyof RowOf<Q> & string },
): Part<RowOf<Q> | null> {
  return (source) => `(
    SELECT row_to_json(r) FROM (
      SELECT i.read_as FROM ${source.schema}.identities(${source.parameter(parameter)}, w.position) i
      OFFSET 0) asked
    CROSS JOIN LATERAL (
      SELECT ${jsonColumnsOf(question)} FROM ${callOf(question, source)} q
      WHERE q.${columnName(key)} = asked.read_as OFFSET 0) r)`;
}

/** The statement that reads a view at a point of knowledge, from one schema. */
export function statementOf<Parts extends Record<string, unknown>>(
  view: View<Parts>,
  schema: string,
  by: KnowledgePoint['by'],
): { name: string; text: string } {
  const names = [...view.parameters, 'asOf'];
  const parameter = (name: string): string => {
    const index = names.indexOf(name);
    if (index < 0) throw new RangeError(`The view ${view.name} has no parameter ${name}.`);
    return `$${index + 1}`;
  };
  const point = points[by](`$${names.length + 1}`);
  const parts = Object.entries<Part<unknown>>(view.parts).map(
    ([name, part]) =>
      `CASE WHEN w.position <= c.position THEN ${part({ schema, parameter })} END AS "${name}"`,
  );
  const text = `
    WITH c AS MATERIALIZED (SELECT position, version FROM ${schema}.checkpoint),
      h AS MATERIALIZED (SELECT position, recorded_at, published_through FROM ledger.head),
      w AS MATERIALIZED (SELECT ${point.position} AS position, ${point.settled} AS settled FROM c, h)
    SELECT h.position::text AS "head", c.position::text AS "projected", c.version,
      w.position::text AS "position", w.settled, ${recordedAt} AS "recordedAt",
      ${publishedThrough} AS "publishedThrough", ${parts.join(', ')}
    FROM c, h, w
    WHERE ${parameter('asOf')}::date IS NOT NULL`;
  return { name: `${schema} ${view.name} ${by}`, text };
}

/** How each way to name a point of knowledge becomes a position, and when the ledger has passed it. */
const points: Record<
  KnowledgePoint['by'],
  (value: string) => { position: string; settled: string }
> = {
  default: () => ({ position: 'c.position', settled: 'true' }),
  position: (value) => ({
    position: `${value}::bigint`,
    settled: `${value}::bigint <= c.position`,
  }),
  time: (value) => ({
    position: `ledger.position_at(${value}::timestamptz)`,
    settled: `${value}::timestamptz < h.recorded_at`,
  }),
  publication: (value) => ({
    position: `ledger.position_published_by(${value}::date)`,
    settled: `coalesce(${value}::date < (h.published_through AT TIME ZONE 'UTC')::date, false)`,
  }),
};

const recordedAt = `(
  SELECT to_char(e.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
  FROM ledger.entry e WHERE e.position = w.position)`;

const publishedThrough = `(
  SELECT to_char(m.day, 'YYYY-MM-DD') FROM ledger.published_mark m
  WHERE m.position <= w.position ORDER BY m.position DESC LIMIT 1)`;

function callOf(question: Question, { schema, parameter }: Source): string {
  const given = Object.keys(question.parameters.shape).map((name) =>
    name === 'atPosition' ? 'w.position' : parameter(name),
  );
  return `${schema}.${question.name}(${given.join(', ')})`;
}

/** Text stays text in JSON: a figure must never become a JSON number. */
function jsonColumnsOf(question: Question): string {
  return columnsOf(question, 'q')
    .split(', ')
    .map((column) => {
      const [, expression = '', field = ''] = /^(.+) AS "(.+)"$/.exec(column) ?? [];
      return isText(question.row.shape[field]) ? `${expression}::text AS "${field}"` : column;
    })
    .join(', ');
}

function isText(schema: unknown): boolean {
  if (schema instanceof z.ZodNullable) return isText(schema.unwrap());
  return schema instanceof z.ZodString;
}
