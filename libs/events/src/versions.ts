import type { z } from 'zod';
import type { Condition } from './conditions.ts';

/** One version of an event type: the form of its data and the rules between its fields. */
export interface Version<Data extends object> {
  readonly schema: z.ZodType<Data>;
  readonly conditions: readonly Condition[];
}

type Upcast = (data: object) => object;

/**
 * All versions of one event type. Old data is upcast on read, by pure functions, one version at
 * a time; stored bytes never change. Extra fields must pass through an upcaster untouched.
 */
export class Versions<Newest extends object> {
  readonly #versions: readonly Version<object>[];
  readonly #upcasts: readonly Upcast[];

  private constructor(versions: readonly Version<object>[], upcasts: readonly Upcast[]) {
    this.#versions = versions;
    this.#upcasts = upcasts;
  }

  /** Version 1. */
  static first<Data extends object>(version: Version<Data>): Versions<Data> {
    return new Versions<Data>([version], []);
  }

  /** The next version, and how data of the one before reads in it. */
  followedBy<Data extends object>(
    version: Version<Data>,
    upcast: (before: Newest) => Data,
  ): Versions<Data> {
    const step: Upcast = (before) => upcast(before as Newest);
    return new Versions<Data>([...this.#versions, version], [...this.#upcasts, step]);
  }

  get newest(): number {
    return this.#versions.length;
  }

  at(version: number): Version<object> | undefined {
    return this.#versions[version - 1];
  }

  /** Data of version `from`, valid by its schema, in the newest version. */
  upcast(data: object, from: number): Newest {
    return this.#upcasts.slice(from - 1).reduce((older, step) => step(older), data) as Newest;
  }
}
