import type { ClaimType } from './claim.ts';

/** JSON Schema (draft 2020-12) of the data of every type and version. */
export function jsonSchemas(): Record<`${ClaimType}/v${number}`, object> {
  throw new Error('not written yet');
}
