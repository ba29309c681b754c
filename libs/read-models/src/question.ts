import type { CustomTypesConfig } from 'pg';
import pg from 'pg';
import { z } from 'zod';

/**
 * A question as one SQL function: its name, its parameters in their order and a row of its answer.
 *
 * Parameters and columns are camelCase here and snake_case in SQL; figures are decimal text,
 * positions and counts numbers, days text.
 */
export interface Question<
  P extends z.ZodObject = z.ZodObject,
  R extends z.ZodObject = z.ZodObject,
> {
  readonly name: string;
  readonly parameters: P;
  readonly row: R;
  /** The columns that tell one row from another, in the order of an answer without a sort. */
  readonly key: readonly (keyof z.output<R> & string)[];
}

/** Names a question's types without repeating them. */
export function question<P extends z.ZodObject, R extends z.ZodObject>(
  asked: Question<P, R>,
): Question<P, R> {
  return asked;
}

/** `stockClass` -> `stock_class`. */
export function columnName(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** A question's columns under their camelCase names, qualified by `alias`. */
export function columnsOf({ row }: Question, alias: string): string {
  return Object.keys(row.shape)
    .map((field) => `${alias}.${columnName(field)} AS "${field}"`)
    .join(', ');
}

/** The order of a question's key, qualified by `alias`: text by UTF-8 bytes, null first. */
export function orderOf({ key, row }: Question, alias: string): string {
  return key
    .map((field) => {
      // Where there is no null, an index can order it.
      const nulls = row.shape[field] instanceof z.ZodNullable ? ' NULLS FIRST' : '';
      return `${alias}.${columnName(field)}${nulls}`;
    })
    .join(', ');
}

/**
 * A question asked of one filling's schema. Prepared once a connection, schema and question.
 *
 * @param given the parameters by name
 */
export function queryOf<P extends z.ZodObject>(
  asked: Question<P>,
  schema: string,
  given: z.output<P>,
): { name: string; text: string; values: unknown[]; types: CustomTypesConfig } {
  const names = Object.keys(asked.parameters.shape);
  const parameters = names.map((_, index) => `$${index + 1}`).join(', ');
  return {
    name: `${schema}.${asked.name}`,
    text:
      `SELECT ${columnsOf(asked, 'q')} FROM ${schema}.${asked.name}(${parameters}) q` +
      ` ORDER BY ${orderOf(asked, 'q')}`,
    values: names.map((name) => given[name as keyof z.output<P>]),
    types: rowTypes,
  };
}

/** How the driver reads a question's row: bigint as number, days and figures as text. */
export const rowTypes: CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary'): (text: string) => unknown {
    return parsers.get(oid) ?? (pg.types.getTypeParser as ParserOf)(oid, format);
  },
};

/** The driver's types list the types that it knows; any other is text. */
type ParserOf = (oid: number, format?: 'text' | 'binary') => (text: string) => unknown;

const textOf = (text: string): string => text;
const numbersOf = (text: string): number[] =>
  text === '{}' ? [] : text.slice(1, -1).split(',').map(Number);

const parsers = new Map<number, (text: string) => unknown>([
  [pg.types.builtins.INT8, Number],
  [pg.types.builtins.DATE, textOf],
  [1016, numbersOf], // bigint[]
]);
