import type { Claim, ClaimType, Entry, Said, Strength } from './claims.ts';

/** One claim of a telling; `by` is its publisher, `basis` how strong its source is. */
export interface Telling {
  readonly type: ClaimType;
  readonly data: Said;
  readonly basis?: Strength;
  readonly by?: string;
}

export const round = (data: Said, basis?: Strength): Telling => ({
  type: 'round-closed',
  data: { kind: 'equity', closedOn: '2024-01-01', ...data },
  ...(basis && { basis }),
});

export const stake = (data: Said, basis?: Strength): Telling => ({
  type: 'stake-changed',
  data: { effectiveOn: '2024-01-01', ...data },
  ...(basis && { basis }),
});

/** Records the claims in their order: positions 1, 2, 3 … and ids `e1`, `e2`, `e3` … */
export const record = (claims: readonly Telling[]): Entry[] =>
  claims.map(({ type, data, basis, by = 'desk' }, index) => {
    const claim: Claim = {
      type,
      source: by,
      id: `e${index + 1}`,
      data: { ...data, ...(basis && { sources: [{ publisher: by, basis }] }) },
    };
    return { position: index + 1, claim };
  });

export const usd = (amount: string, qualifier?: 'about' | 'over' | 'under') => ({
  amount,
  currency: 'USD',
  ...(qualifier && { qualifier }),
});
export const cny = (amount: string, qualifier?: 'about' | 'over' | 'under') => ({
  amount,
  currency: 'CNY',
  ...(qualifier && { qualifier }),
});
