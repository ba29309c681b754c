import type { ClaimOf, ClaimType, PartyId } from '#libs/events';
import { Contention, type Competition, type NamedParty } from '../compete.ts';
import type { Conflict, Contest, Stated } from '../fact.ts';
import type { Read } from '../key.ts';
import type { Ranked } from '../strength.ts';
import type { Position } from '../timeline.ts';

/** A standing claim of one type, with what it is ranked by. */
export interface Standing<T extends ClaimType> extends Ranked {
  readonly claim: ClaimOf<T>;
}

/** All standing claims on one business key. */
export interface Group<T extends ClaimType> {
  readonly key: string;
  /** Strongest first, of equals the newest; at least one. */
  readonly ranked: readonly [Standing<T>, ...Standing<T>[]];
}

/** Lets the claims compete by the fields that `say` finds stated in them. */
export function compete<T extends ClaimType, F>(
  { ranked }: Group<T>,
  say: (data: ClaimOf<T>['data']) => F,
): Competition<F> {
  return {
    ranked: ranked.map(({ position, strength, claim }) => ({
      position,
      strength,
      fields: say(claim.data),
    })),
    contention: new Contention(),
    path: '',
  };
}

/** What every fact has beside its fields and its date; once all fields are taken. */
export function settled<T extends ClaimType>(
  { key, ranked }: Group<T>,
  { contention }: Competition<unknown>,
  company: PartyId | null,
): {
  readonly key: string;
  readonly strongest: Position;
  readonly claims: readonly Position[];
  readonly contests: readonly Contest[];
  readonly conflicts: readonly Conflict[];
} {
  return {
    key,
    strongest: ranked[0].position,
    claims: ranked.map(({ position }) => position).sort((a, b) => a - b),
    contests: contention.contests,
    conflicts: contention.conflictsAt(company),
  };
}

/** Ids neither compete nor conflict: each counts, from the strongest claim that states it (B5). */
export function idsOf<T extends ClaimType>(
  { ranked }: Group<T>,
  idOf: (data: ClaimOf<T>['data']) => string | undefined,
): readonly Stated<string>[] {
  const ids = new Map<string, Stated<string>>();
  for (const { claim, position } of ranked) {
    const value = idOf(claim.data);
    if (value !== undefined && !ids.has(value)) ids.set(value, { value, entry: position });
  }
  return [...ids.values()];
}

export function named(said: PartyId, read: Read): NamedParty {
  return { id: read(said), said };
}
