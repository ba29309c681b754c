import type { Claim } from './claim.ts';
import type { ClaimIndex } from './claim-index.ts';
import type { Fault, ReasonCode } from './fault.ts';
import type { EventReference } from './reference.ts';

export type Header = readonly [name: string, value: Uint8Array | null];

/** A record as Kafka delivered it. */
export interface Received {
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly headers: readonly Header[];
}

/** A claim, or all that is wrong with it. */
export type Reading =
  | {
      readonly ok: true;
      readonly claim: Claim;
      readonly facts: ClaimIndex;
      /** Type and canonical data as received: two records say the same if this text is equal. */
      readonly content: string;
    }
  | {
      readonly ok: false;
      readonly reason: ReasonCode;
      readonly faults: readonly Fault[];
      /** Where source and id could be read all the same. */
      readonly identity?: EventReference;
    };

/** Reads a record in either CloudEvents mode. Total: whatever the bytes, it answers. */
export function read(received: Received): Reading {
  throw new Error(`not written yet: ${received.headers.length} headers`);
}

/** Reads an already parsed structured-mode envelope as `read` would read its bytes. */
export function readEnvelope(json: unknown): Reading {
  throw new Error(`not written yet: ${typeof json}`);
}
