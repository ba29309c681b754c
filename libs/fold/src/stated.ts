import type {
  ComputeCommitment as SaidCommitment,
  ConsiderationPart,
  DataOf,
  Money as SaidMoney,
} from '#libs/events';
import { isParty, parsePartialDate } from '#libs/events';
import type {
  Affiliation,
  Comparison,
  ComputeCommitment,
  Consideration,
  Conversion,
  Money,
  Ownership,
  PartialDay,
  Shares,
} from './fact.ts';
import type { Read } from './key.ts';

// What a claim says, in the words of facts: defaults said aloud, qualifiers beside their figures,
// parties read through the identities, empty lists absent.

/** The same fields, those that are undefined left out. */
export type Present<T> = {
  readonly [K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & {
  readonly [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

export function present<T extends object>(fields: T): Present<T> {
  const stated = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(stated) as Present<T>;
}

export function readMoney(said: SaidMoney): Money;
export function readMoney(said: SaidMoney | undefined): Money | undefined;
export function readMoney(said: SaidMoney | undefined): Money | undefined {
  if (said === undefined) return undefined;
  const { amount, currency, qualifier = 'exact' } = said;
  return { amount, currency, qualifier };
}

/** The fields in which a claim says how much somebody holds. */
type SaidHolding = Pick<
  DataOf<'stake-changed'>,
  'shares' | 'sharesQualifier' | 'ownership' | 'ownershipQualifier' | 'ownershipBasis'
>;

export function readShares(said: SaidHolding): Shares | undefined {
  if (said.shares === undefined) return undefined;
  return { figure: said.shares, qualifier: said.sharesQualifier ?? 'exact' };
}

export function readOwnership(said: SaidHolding): Ownership | undefined {
  if (said.ownership === undefined) return undefined;
  const { ownershipQualifier: qualifier = 'exact', ownershipBasis: basis = 'outstanding' } = said;
  return { figure: said.ownership, qualifier, basis };
}

export function readDate(said: string): PartialDay;
export function readDate(said: string | undefined): PartialDay | undefined;
export function readDate(said: string | undefined): PartialDay | undefined {
  return said === undefined ? undefined : { text: said, ...parsePartialDate(said) };
}

/** An empty list says nothing. */
export function readList<Said, V>(
  said: readonly Said[] | undefined,
  read: (item: Said) => V,
): readonly V[] | undefined {
  return said === undefined || said.length === 0 ? undefined : said.map(read);
}

export function readConsideration(
  said: readonly ConsiderationPart[] | undefined,
): readonly Consideration[] | undefined {
  return readList(said, ({ form, amount, portion, qualifier = 'exact' }) =>
    present({ form, amount: readMoney(amount), portion, qualifier }),
  );
}

export function readCommitments(
  said: readonly SaidCommitment[] | undefined,
  read: Read,
): readonly ComputeCommitment[] | undefined {
  return readList(said, ({ provider, amount, years, note }) =>
    present({
      provider: read(provider),
      said: provider,
      amount: readMoney(amount),
      years,
      note,
    }),
  );
}

export function readConversions(
  said: DataOf<'round-closed'>['conversions'],
  read: Read,
): readonly Conversion[] | undefined {
  return readList(said, (conversion) =>
    present({
      holder: read(conversion.holder),
      said: conversion.holder,
      fromRoundId: conversion.fromRoundId,
      shares: readShares(conversion),
      ownership: readOwnership(conversion),
    }),
  );
}

export function readComparisons(
  said: DataOf<'stake-changed'>['comparedWith'],
  read: Read,
): readonly Comparison[] | undefined {
  return readList(said, ({ holder, relation }) => ({
    holder: read(holder),
    said: holder,
    relation,
  }));
}

export function readAffiliations(
  said: DataOf<'party-described'>['affiliations'],
  read: Read,
): readonly Affiliation[] | undefined {
  return readList(said, ({ to, kind, from, until }) =>
    present({ to: read(to), said: to, kind, from: readDate(from), until: readDate(until) }),
  );
}

/** A party is read through the identities; a sector is itself. */
export function readSubject(said: string, read: Read): string {
  return isParty(said) ? read(said) : said;
}
