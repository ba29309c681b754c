/**
 * Why a record cannot become an entry. Stable; explained in docs/errors.md. Where a record has
 * several faults, the first code of this list among them is its reason: what stops the reading
 * earliest, then the particular before the general.
 */
export const REASON_CODES = [
  'too-large',
  'empty-value',
  'not-json',
  'no-envelope',
  'unknown-type',
  'unknown-version',
  'bad-text',
  'number-for-decimal',
  'unknown-enum',
  'schema-violation',
  'conflicting-duplicate',
] as const;

export type ReasonCode = (typeof REASON_CODES)[number];
export type FaultCode = ReasonCode;

/** One thing wrong with a record. Neither text holds U+0000 or a lone surrogate. */
export interface Fault {
  readonly code: FaultCode;
  /** RFC 6901, into what was received: the value, or `/headers/<name>` for a header. */
  readonly pointer: string;
  /** What should have been there, for the publisher to read. */
  readonly expected: string;
}

/** A value of 1 MiB can hold half a million faults; nobody reads more than these. */
export const FAULTS_MAX = 1_000;

/** The faults of one record, at most one a pointer: the one that decides the reason. */
export class Faults {
  #byPointer: Map<string, Fault> | null = null;
  #found = 0;

  add(fault: Fault): void {
    if (this.isFull) return;
    this.#found += 1;
    this.#byPointer ??= new Map();
    const known = this.#byPointer.get(fault.pointer);
    if (known === undefined || rank(fault) < rank(known)) this.#byPointer.set(fault.pointer, fault);
  }

  get areNone(): boolean {
    return this.#found === 0;
  }

  /** True: more faults would not be kept, so there is no use in looking for them. */
  get isFull(): boolean {
    return this.#found >= FAULTS_MAX;
  }

  /** The deciding fault first; those of one code in the order they were found. */
  list(): readonly Fault[] {
    return [...(this.#byPointer?.values() ?? [])].sort((a, b) => rank(a) - rank(b));
  }
}

const rank = (fault: Fault): number => REASON_CODES.indexOf(fault.code);
