import type { Believed } from './believe.ts';
import type { Money } from './claims.ts';
import { byBytes, isOptionClass } from './claims.ts';
import { companyAsOf } from './cap-table.ts';
import type { Basis, Company, NoteClaim, Valuation } from './company.ts';
import { weakest } from './company.ts';
import { dealsAsOf, pledgedBy } from './deals.ts';
import type { Fraction } from './fraction.ts';
import {
  compare,
  decimal,
  exactly,
  over,
  print,
  sum,
  times,
  toTenDecimals,
  ZERO,
} from './fraction.ts';
import type { Line } from './lines.ts';
import { lines } from './lines.ts';
import type { Cost } from './purchases.ts';
import { costOf, purchasesOf } from './purchases.ts';
import { rate } from './rates.ts';
import { seriesAsOf } from './valuations.ts';

/** "portfolio row" of 4-http.md, in the fields the words of 3-fold.md fix. */
export interface PortfolioRow {
  readonly holder: string;
  readonly company: string;
  readonly ownership: string | null;
  readonly ownershipAtMost: string | null;
  readonly basis: Basis | null;
  readonly estimated: boolean;
  readonly cost: Cost;
  readonly value: Readonly<Record<string, string>> | null;
  readonly multiple: string | null;
  readonly claims: readonly { readonly roundId: string; readonly amount: object | null }[];
  readonly pledged: readonly (readonly Money[] | null)[];
  readonly firstInvestment: string | null;
  readonly lastInvestment: string | null;
}

/** One row a company that the investor holds, held or has a claim on. */
export function portfolio(believed: Believed, asked: string, asOf: string): PortfolioRow[] {
  const holder = believed.readUnder(asked);
  const companies = new Set(believed.facts.flatMap(({ fields }) => fields.company?.value ?? []));
  return [...companies].sort(byBytes).flatMap((id) => row(believed, { id, holder, asOf }) ?? []);
}

interface Row {
  readonly id: string;
  readonly holder: string;
  readonly asOf: string;
}

function row(believed: Believed, { id, holder, asOf }: Row): PortfolioRow | null {
  const company = companyAsOf(believed, id, asOf);
  const held = lines(company).filter((line) => line.holder === holder);
  const claims = company.claims.filter((claim) => claim.holder === holder).sort(byClaim);
  const once = company.everHeld.has(holder);
  if (!once && !company.everLent.has(holder)) return null;
  const purchases = purchasesOf(believed, { company: id, holder, asOf });
  const days = purchases.filter(({ replaces }) => !replaces).map(({ day }) => day);
  const valuation = seriesAsOf(company, asOf).at(-1);
  const cost = costOf(purchases);
  const value = valuation === undefined ? null : worth(company, { held, once }, valuation);
  return {
    ...{ holder, company: id, ...stakeOf(company, held, once), cost },
    value: value && valuation ? { [valuation.currency]: print(value, 2) } : null,
    multiple: valuation && value ? multiple(believed, { cost, value, valuation }) : null,
    claims: claims.map(({ roundId, amount }) => ({ roundId, amount })),
    pledged: pledgedBy(dealsAsOf(believed, asOf), { company: id, holder }),
    firstInvestment: days[0] ?? null,
    lastInvestment: days.at(-1) ?? null,
  };
}

const byClaim = (a: NoteClaim, b: NoteClaim): number =>
  byBytes(a.roundId, b.roundId) ||
  a.tranche - b.tranche ||
  byBytes(Object.keys(a.amount ?? {}).join(), Object.keys(b.amount ?? {}).join());

/**
 * P1: "A portfolio row over several classes: ownership summed, weakest basis, estimated if any line is, bound only
 * where the holder has one line there." "Sold out: the row stays, ownership 0.000000, basis null; claims only:
 * ownership null."
 */
function stakeOf(
  company: Company,
  held: readonly Line[],
  once: boolean,
): Pick<PortfolioRow, 'ownership' | 'ownershipAtMost' | 'basis' | 'estimated'> {
  const [only, ...more] = held;
  if (only === undefined) {
    const ownership = once ? '0.000000' : null;
    return { ownership, ownershipAtMost: null, basis: null, estimated: false };
  }
  const part = ownershipOf(company, held);
  return {
    ownership: part === null ? null : print(part, 6),
    ownershipAtMost: more.length === 0 ? only.ownershipAtMost : null,
    basis: weakest(held.map(({ basis }) => basis)),
    estimated: held.some(({ estimated }) => estimated),
  };
}

/** Exact; null where every line's ownership is null. */
function ownershipOf(company: Company, held: readonly Line[]): Fraction | null {
  const shown = held.filter(({ ownership }) => ownership !== null);
  if (shown.length === 0) return null;
  const outstanding = shown
    .filter(({ stockClass }) => !isOptionClass(stockClass))
    .map(({ holder, stockClass }) => exactly(company.account(holder, stockClass).units));
  return over(sum(outstanding), exactly(company.unitsOutstanding));
}

/** "value (exact ownership × the last of the valuations series, two decimals)"; what is sold out is worth nothing. */
function worth(
  company: Company,
  { held, once }: { readonly held: readonly Line[]; readonly once: boolean },
  { value }: Valuation,
): Fraction | null {
  if (company.unitsOutstanding <= 0n) return null;
  if (held.length === 0) return once ? ZERO : null;
  const part = ownershipOf(company, held);
  return part === null ? null : times(part, value);
}

/** "multiple (only if no purchase is unknown and every cost has a rate at that valuation's day)" */
function multiple(
  believed: Believed,
  {
    cost,
    value,
    valuation,
  }: { readonly cost: Cost; readonly value: Fraction; readonly valuation: Valuation },
): string | null {
  const { on, currency } = valuation;
  const paid = cost.known.map((money) => {
    const found = rate(believed, [money.currency, currency], on);
    return found && toTenDecimals(times(decimal(money.amount), found.rate));
  });
  if (cost.unknown > 0 || paid.some((one) => one === null)) return null;
  const total = sum(paid.filter((one) => one !== null));
  return compare(total, ZERO) === 0 ? null : print(over(value, total), 2);
}
