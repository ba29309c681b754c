import type { Versions } from './versions.ts';
import { dealAnnounced } from './types/deal-announced.ts';
import { entryRetracted } from './types/entry-retracted.ts';
import { figureStated } from './types/figure-stated.ts';
import { fxRatePublished } from './types/fx-rate-published.ts';
import { partyDescribed } from './types/party-described.ts';
import { roundClosed } from './types/round-closed.ts';
import { stakeChanged } from './types/stake-changed.ts';
import { stanceStated } from './types/stance-stated.ts';

/** Every event type a publisher may use. */
export const claimTypes = {
  'deal-announced': dealAnnounced,
  'round-closed': roundClosed,
  'stake-changed': stakeChanged,
  'party-described': partyDescribed,
  'fx-rate-published': fxRatePublished,
  'stance-stated': stanceStated,
  'figure-stated': figureStated,
  'entry-retracted': entryRetracted,
};

export type ClaimType = keyof typeof claimTypes;

/** The data of one type in its newest version. Unknown fields are there, but not in the type. */
export type DataOf<T extends ClaimType> =
  (typeof claimTypes)[T] extends Versions<infer Data> ? Data : never;

/** What one publisher said, once: `(source, id)` is its identity. */
export interface ClaimOf<T extends ClaimType> {
  readonly type: T;
  readonly source: string;
  readonly id: string;
  /** The version it was said in; `data` is upcast to the newest. */
  readonly version: number;
  /** When the publisher said it, RFC 3339 as received. */
  readonly time: string | null;
  /** Fields are as the publisher wrote them: nothing is defaulted, trimmed or dropped. */
  readonly data: DataOf<T>;
}

export type Claim = { [T in ClaimType]: ClaimOf<T> }[ClaimType];

export const CLAIM_TYPES = Object.keys(claimTypes) as ClaimType[];

export const isClaimType = (type: string): type is ClaimType => Object.hasOwn(claimTypes, type);
