/** Why a record cannot become an entry. Stable; explained in docs/errors.md. */
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

/** One thing wrong with a record. */
export interface Fault {
  readonly code: FaultCode;
  /** RFC 6901, into what was received: the value, or `/headers/<name>` for a header. */
  readonly pointer: string;
  /** What should have been there, for the publisher to read. */
  readonly expected: string;
}
