import { z } from 'zod';
import type { Condition } from './conditions.ts';

/** One version of an event type: the form of its data and the rules between its fields. */
export interface Version<Data extends object = object> {
  readonly schema: z.ZodType<Data>;
  readonly conditions: readonly Condition[];
}

/** A version whose schema has been compiled to code that only says yes or no. */
export interface CompiledVersion extends Version {
  readonly compiled: z.ZodType;
}

type Upcast = (data: object) => object;

/**
 * All versions of one event type. Old data is upcast on read, by pure functions, one version at
 * a time; stored bytes never change. Extra fields must pass through an upcaster untouched.
 */
export class Versions<Newest extends object> {
  readonly #versions: readonly CompiledVersion[];
  readonly #upcasts: readonly Upcast[];

  private constructor(versions: readonly CompiledVersion[], upcasts: readonly Upcast[]) {
    this.#versions = versions;
    this.#upcasts = upcasts;
  }

  /** Version 1. */
  static first<Data extends object>(version: Version<Data>): Versions<Data> {
    return new Versions<Data>([compile(version)], []);
  }

  /** The next version, and how data of the one before reads in it. */
  followedBy<Data extends object>(
    version: Version<Data>,
    upcast: (before: Newest) => Data,
  ): Versions<Data> {
    const step: Upcast = (before) => upcast(before as Newest);
    return new Versions<Data>([...this.#versions, compile(version)], [...this.#upcasts, step]);
  }

  get newest(): number {
    return this.#versions.length;
  }

  /** Version 1 to `newest`. */
  at(version: number): CompiledVersion {
    const found = this.#versions[version - 1];
    if (found === undefined) throw new RangeError(`There is no version ${version}`);
    return found;
  }

  /** Data of version `from`, valid by its schema, in the newest version. */
  upcast(data: object, from: number): Newest {
    if (from === this.newest) return data as Newest;
    return this.#upcasts.slice(from - 1).reduce((older, step) => step(older), data) as Newest;
  }
}

/** Compiled, a schema judges in half the time; `strict` tells us if one could not be. */
const compile = (version: Version): CompiledVersion => ({
  ...version,
  compiled: z.compile(version.schema, { strict: true }),
});
