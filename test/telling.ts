import type { Claim, ClaimType, DataOf } from '#libs/events';
import type { Entry, Strength } from '#libs/fold';

/** What a publisher says, before the ledger numbers it. */
export interface Telling {
  readonly type: ClaimType;
  readonly source: string;
  readonly data: object;
  /** The envelope's, RFC 3339. */
  readonly time?: string;
}

/** The entries 1, 2, 3 … of a ledger in which this is told in this order; ids are `e-<position>`. */
export function ledger(...tellings: readonly Telling[]): Entry[] {
  return tellings.map(({ type, source, data, time = null }, index) => ({
    position: index + 1,
    claim: { type, source, id: `e-${index + 1}`, version: 1, time, data } as Claim,
  }));
}

/** The telling, said by another publisher than `desk`. */
export function by(source: string, telling: Telling): Telling {
  return { ...telling, source };
}

/** The telling, taking the place of the entry at a position and removing it. */
export function superseding(position: number, telling: Telling, source = 'desk'): Telling {
  return {
    ...telling,
    data: { ...telling.data, supersedes: { source, id: `e-${position}` } },
  };
}

/** Retracts the entry at a position, which may not be recorded yet. */
export function retraction(position: number, source = 'desk'): Telling {
  return tell('entry-retracted', {
    retracts: { source, id: `e-${position}` },
    reason: 'an error in the record',
  });
}

type Said<T extends ClaimType> = Partial<DataOf<T>>;

export function round(data: Said<'round-closed'>, basis?: Strength): Telling {
  const said = { roundId: 'a', company: 'acme', kind: 'equity', closedOn: '2024-03-15', ...data };
  return tell('round-closed', said, basis);
}

export function stake(data: Said<'stake-changed'>, basis?: Strength): Telling {
  const said = { company: 'acme', holder: 'ann', effectiveOn: '2024-03-15', ...data };
  return tell('stake-changed', { transactionId: 't', kind: 'disclosure', ...said }, basis);
}

export function deal(data: Said<'deal-announced'>, basis?: Strength): Telling {
  const said = { dealId: 'd', company: 'acme', announcedOn: '2024-01-10', ...data };
  return tell('deal-announced', { kind: 'funding-round', stage: 'in-talks', ...said }, basis);
}

export function party(data: Said<'party-described'>, basis?: Strength): Telling {
  return tell('party-described', { party: 'acme', effectiveOn: '2024-01-01', ...data }, basis);
}

export function rate(data: Said<'fx-rate-published'>, basis?: Strength): Telling {
  const said = { base: 'USD', quote: 'CNY', rate: '7', on: '2024-01-01', ...data };
  return tell('fx-rate-published', said, basis);
}

export function stance(data: Said<'stance-stated'>, basis?: Strength): Telling {
  const said = {
    stanceId: 's',
    party: 'ann',
    toward: 'sector:models',
    stance: 'investing',
    ...data,
  };
  return tell('stance-stated', { effectiveOn: '2024-01-01', ...said }, basis);
}

export function figure(data: Said<'figure-stated'>, basis?: Strength): Telling {
  const said = { figureId: 'f', subject: 'acme', metric: 'raised', on: '2024', ...data };
  return tell('figure-stated', said, basis);
}

function tell(type: ClaimType, data: object, basis?: Strength): Telling {
  const sources = basis === undefined ? {} : { sources: [{ publisher: 'somebody', basis }] };
  return { type, source: 'desk', data: { ...data, ...sources } };
}
