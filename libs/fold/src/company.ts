import type { PartyId } from '#libs/events';
import { SortedMap } from './sorted-map.ts';
import type { Basis, ClaimStep, Moment, Position, Units } from './timeline.ts';

/** A company after some of its facts. Never changed, only succeeded: see Change. */
export interface Company {
  readonly id: PartyId;
  /** When the last fact was; null before the first. */
  readonly moment: Moment | null;
  readonly register: 'notional' | 'recorded';
  /** When the share register opened, just before the fact that did, and every line began anew (U3). */
  readonly opened: Moment | null;
  /** T (U1). */
  readonly unitsInIssue: Units;
  /** T without options, warrants and plans (U1). */
  readonly unitsOutstanding: Units;
  /** When an estimate last changed T, or an unpriced round (L5, R4). */
  readonly estimatedSince: Moment | null;
  /** Everybody who has a line or had one; `undisclosed` and pools too. Keys: their ids. */
  readonly holders: SortedMap<Holder>;
  /** Pools with units. Keys: `pool:<roundId>#<tranche>`. */
  readonly pools: SortedMap<Pool>;
  /** How many pools there ever were. */
  readonly poolCount: number;
  /** Lines whose bound counts `undisclosed` in (N3). Keys: keyOf(line). */
  readonly openLines: SortedMap<LineKey>;
  /** Convertible claims that no conversion has named. Keys: round ids (R7). */
  readonly claims: SortedMap<readonly ClaimStep[]>;
  /** Comparisons in force. Keys: keyOfPair (S4). */
  readonly comparisons: SortedMap<ComparisonInForce>;
  /** Keys of `comparisons` by either party. */
  readonly pairs: SortedMap<readonly string[]>;
  /** How many pairs each comparing entry is contradicted for. Keys: positions as text. */
  readonly contradictions: SortedMap<number>;
}

/** One account: a holder's units of one stock class. */
export interface LineKey {
  readonly holder: PartyId;
  /** Null: units without a class. */
  readonly stockClass: string | null;
}

export interface Holder {
  /** By class name in UTF-8 bytes, no class first (U4). */
  readonly lines: readonly (readonly [stockClass: string | null, line: Line])[];
  /** Pools it may be revealed from, newest first; some may have no units any more (S2, N2). */
  readonly rights: Chain;
}

/** Pools by serial, the greatest first: a list that grows at its head and shares its tail. */
export type Chain = {
  readonly pool: string;
  readonly serial: number;
  readonly rest: Chain;
} | null;

export interface Line {
  readonly units: Units;
  /** The weakest that fed the line since it began anew; unknown stakes apart (L2). */
  readonly basis: Basis;
  readonly estimated: boolean;
  /** When it began anew: its last disclosure, or the opening of the register. */
  readonly disclosed: Moment | null;
  readonly unknown: Unknown;
}

/** What is not known about a line (N1–N5). */
export interface Unknown {
  /** Unknown stakes held by pools with units, by pool; the value is where the stake comes from. */
  readonly held: SortedMap<Origin>;
  /** How many of `held` come from a secondary. */
  readonly heldOpen: number;
  /** The units of the pools of `held`. */
  readonly poolUnits: Units;
  /** Unknown stakes outside pools that nothing bounds: of a round, or of a change. */
  readonly boundless: number;
  /** Unknown stakes outside pools that `undisclosed` bounds: of a disclosure, or of a secondary. */
  readonly open: number;
  /** True: an unknown part of it was sold (N4). */
  readonly sold: boolean;
}

/** Where an unknown stake comes from: what bounds it depends on it (N3). */
export type Origin = 'round' | 'secondary' | 'disclosure' | 'change';

/** What a round issued and nobody's figures claim (N2). Its units are its line's. */
export interface Pool {
  readonly stockClass: string | null;
  /** Rounds that left a pool are numbered as they come: the newest gives first (S2). */
  readonly serial: number;
  /** Who has an unknown stake in it. */
  readonly members: SortedMap<true>;
}

/** One comparison; `holder` comes before `than` in byte order. */
export interface ComparisonInForce {
  readonly holder: PartyId;
  readonly than: PartyId;
  readonly relation: 'more' | 'less' | 'equal';
  readonly entry: Position;
  /** Known figures say otherwise, as of the last day folded. */
  readonly contradicted: boolean;
}

/** Units of a company that has no share register: any number would do (U2). */
const NOTIONAL_UNITS: Units = 1_000_000_000n * 10n ** 10n;

/** T above this moves nothing: `out-of-range` (U5). */
export const MOST_UNITS: Units = 10n ** 40n * 10n ** 10n;

export const UNDISCLOSED: PartyId = 'undisclosed';

export const NOTHING_UNKNOWN: Unknown = {
  held: SortedMap.empty(),
  heldOpen: 0,
  poolUnits: 0n,
  boundless: 0,
  open: 0,
  sold: false,
};

export const STRANGER: Holder = { lines: [], rights: null };

/**
 * A company before its first fact: notional, all of it undisclosed.
 * Rule: docs/rules.md#u2
 */
export function notional(id: PartyId): Company {
  const undisclosed: Line = {
    units: NOTIONAL_UNITS,
    basis: 'undisclosed',
    estimated: false,
    disclosed: null,
    unknown: NOTHING_UNKNOWN,
  };
  return {
    id,
    moment: null,
    register: 'notional',
    opened: null,
    unitsInIssue: NOTIONAL_UNITS,
    unitsOutstanding: NOTIONAL_UNITS,
    estimatedSince: null,
    holders: SortedMap.empty<Holder>().set(UNDISCLOSED, {
      ...STRANGER,
      lines: [[null, undisclosed]],
    }),
    pools: SortedMap.empty(),
    poolCount: 0,
    openLines: SortedMap.empty(),
    claims: SortedMap.empty(),
    comparisons: SortedMap.empty(),
    pairs: SortedMap.empty(),
    contradictions: SortedMap.empty(),
  };
}

/** Options, warrants and plans are in issue but not outstanding (docs/rules.md#u1). */
export function isOutstanding(stockClass: string | null): boolean {
  return stockClass === null || !/^(?:option|warrant|plan)/.test(stockClass);
}

export function poolOf(roundId: string, tranche: number): string {
  return `pool:${roundId}#${tranche}`;
}

export function isPool(holder: PartyId): boolean {
  return holder.startsWith('pool:');
}

export function keyOf({ holder, stockClass }: LineKey): string {
  return stockClass === null ? holder : `${holder}\n${stockClass}`;
}

export function lineOf(company: Company, { holder, stockClass }: LineKey): Line | undefined {
  const lines = company.holders.get(holder)?.lines;
  return lines?.find(([name]) => name === stockClass)?.[1];
}

/** No units, no membership and no unknown stake: there is no line. */
export function isEnded(line: Line): boolean {
  return line.units === 0n && !isUnknown(line.unknown);
}

export function isUnknown({ held, boundless, open, sold }: Unknown): boolean {
  return sold || held.size > 0 || boundless > 0 || open > 0;
}

/** `a` is later than `b`; everything is later than never. */
export function isLater(a: Moment, b: Moment | null): boolean {
  return b === null || a.day > b.day || (a.day === b.day && a.ordinal > b.ordinal);
}

export function isEstimated(company: Company, line: Line): boolean {
  const { estimatedSince } = company;
  return line.estimated || (estimatedSince !== null && isLater(estimatedSince, line.disclosed));
}
