import { Injectable } from '@nestjs/common';
import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { z } from 'zod';
import { Problem } from './problem.ts';
import type { RequestFault } from './problem.ts';

type Place = RequestFault['in'];

/** Where in a request a value stands: `parent` leads to it. */
interface Context {
  readonly place: Place;
  readonly parent: readonly string[];
}

/** Parses what a handler asks for by its Zod schema: `@Query({ schema })`, `@Param(name, { schema })`. */
@Injectable()
export class SchemaPipe implements PipeTransform {
  transform(value: unknown, { schema, type, data }: ArgumentMetadata): unknown {
    if (!(schema instanceof z.ZodType)) return value;
    const place = type === 'param' ? 'path' : type === 'body' ? 'body' : 'query';
    return parseBy(schema, value, { place, parent: data === undefined ? [] : [data] });
  }
}

/** @throws Problem with all faults, each telling what was expected. */
export function parseBy<S extends z.ZodType>(
  schema: S,
  value: unknown,
  context: Context,
): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.flatMap((issue) => faultsOf(issue, schema, context));
  const isUnknown = faults.every(({ code }) => code === 'unknown-parameter');
  const names = faults.map(({ pointer }) => pointer.slice(1)).join(', ');
  throw isUnknown
    ? new Problem('unknown-parameter', `Not known here: ${names}.`, { faults })
    : new Problem('invalid-parameter', `Wrong: ${names}.`, { faults });
}

function faultsOf(
  issue: z.core.$ZodIssue,
  schema: z.ZodType,
  { place, parent }: Context,
): RequestFault[] {
  const path = [...parent, ...issue.path.map(String)];
  if (issue.code !== 'unrecognized_keys') {
    const expected = issue.message;
    return [{ code: 'invalid-parameter', in: place, pointer: pointerTo(path), expected }];
  }
  const valid = schema instanceof z.ZodObject ? Object.keys(schema.shape).join(', ') : '';
  return issue.keys.map((key) => ({
    code: 'unknown-parameter',
    in: place,
    pointer: pointerTo([...path, key]),
    expected: valid === '' ? 'no parameters' : `one of ${valid}`,
  }));
}

/** RFC 6901. */
export function pointerTo(path: readonly string[]): string {
  return path.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
