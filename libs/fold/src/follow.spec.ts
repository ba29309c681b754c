import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ANY_COMPANIES, anyEntries } from '../../../test/any-claims.ts';
import { holds } from '../../../test/property.ts';
import {
  deal,
  ledger,
  party,
  rate,
  retraction,
  round,
  stake,
  superseding,
  type Telling,
} from '../../../test/telling.ts';
import { believe } from './believe.ts';
import type { Entry } from './entry.ts';
import { CompanyFolding } from './follow.ts';
import { fold } from './fold.ts';
import type { DayChange } from './folded-days.ts';
import { linksOf } from './links.ts';
import type { TimelineDay } from './timeline.ts';

/** Adds what bears a link asked for, out of all that is known, until nothing more is asked for. */
function add(folding: CompanyFolding, entries: readonly Entry[], known: readonly Entry[]): void {
  let links = folding.add(entries);
  while (links.length > 0) {
    const asked = new Set(links);
    links = folding.add(
      known.filter(({ claim }) => linksOf(claim).some((link) => asked.has(link))),
    );
  }
}

/** Follows `acme` through what is told; gives the days that each entry changed. */
function daysChanged(...tellings: readonly Telling[]): string[][] {
  const entries = ledger(...tellings);
  const folding = new CompanyFolding('acme');
  return entries.map((entry, index) => {
    add(folding, [entry], entries.slice(0, index + 1));
    const changes = folding.settle();
    expect(folding.timeline).toEqual(fold(believe(entries, entry.position), 'acme'));
    return changes.map(({ day }) => day);
  });
}

const usd = (amount: string) => ({ amount, currency: 'USD' });
const cny = (amount: string) => ({ amount, currency: 'CNY' });
const issuance = (transactionId: string, effectiveOn: string, shares = '100') =>
  stake({ transactionId, kind: 'issuance', stockClass: 'common', shares, effectiveOn });

const founding = issuance('t-1', '2024-01-01');
const growth = issuance('t-2', '2024-02-01');
const latest = issuance('t-3', '2024-03-01');

describe('following a company', () => {
  it('appends what is later than all before', () => {
    expect(daysChanged(founding, growth, latest)).toEqual([
      ['2024-01-01'],
      ['2024-02-01'],
      ['2024-03-01'],
    ]);
  });

  it('folds the last day again for one more fact on it', () => {
    expect(daysChanged(founding, growth, issuance('t-3', '2024-02-01'))[2]).toEqual(['2024-02-01']);
  });

  it('refolds from the day of a late fact, and says which days are otherwise', () => {
    const late = stake({
      transactionId: 't-4',
      kind: 'transfer',
      shares: '10',
      effectiveOn: '2024-01-15',
      counterparty: 'bo',
    });
    expect(daysChanged(founding, growth, latest, late)[3]).toEqual([
      '2024-01-15',
      '2024-02-01',
      '2024-03-01',
    ]);
  });

  it('refolds from a fact that a claim competes with, or that is retracted or superseded', () => {
    const from = ['2024-02-01', '2024-03-01'];
    const rival = issuance('t-2', '2024-02-01', '50');
    expect(daysChanged(founding, growth, latest, rival)[3]).toEqual(from);
    expect(daysChanged(founding, growth, latest, retraction(2))[3]).toEqual(from);
    const moved = superseding(2, issuance('t-9', '2024-02-10', '50'));
    expect(daysChanged(founding, growth, latest, moved)[3]).toEqual([
      from[0],
      '2024-02-10',
      from[1],
    ]);
  });

  it('refolds where a round moves a vaguely dated change that lies before the last day (T1)', () => {
    const disclosure = stake({ ownership: '0.2', holder: 'bo', effectiveOn: '2024-02' });
    const inside = round({ closedOn: '2024-02-20', kind: 'debt' });
    const [, , , moved] = daysChanged(
      founding,
      disclosure,
      round({ roundId: 'b', closedOn: '2024-02-10' }),
      inside,
    );
    expect(moved).toEqual(['2024-02-10', '2024-02-20']);
  });

  it('refolds from the day of a rate that its money may need', () => {
    const priced = round({ closedOn: '2024-02-01', amount: cny('700'), postMoney: usd('400') });
    const told = [priced, round({ roundId: 'b', closedOn: '2024-03-01', amount: usd('1') })];
    expect(daysChanged(...told, rate({ on: '2024-01-31' }))[2]).toContain('2024-02-01');
    expect(daysChanged(...told, rate({ on: '2024-03-02' }))[2]).toEqual([]);
    expect(daysChanged(...told, rate({ quote: 'JPY', on: '2024-01-31' }))[2]).toEqual([]);
  });

  it('refolds where ids are joined, and parted again', () => {
    const other = stake({
      transactionId: 't-2',
      kind: 'transfer',
      shares: '10',
      counterparty: 'bob',
      effectiveOn: '2024-01-01',
    });
    const told = [founding, other, latest, party({ party: 'bob', sameAs: 'bo' })];
    const changed = daysChanged(...told, retraction(4));
    expect(changed.slice(3)).toEqual([['2024-01-01'], ['2024-01-01']]);
  });

  it('follows on which id leads to which, though no claim here names the one between', () => {
    const told = [stake({ holder: 'bob', ownership: '0.1' }), round({ closedOn: '2024-02-01' })];
    const chain = [party({ party: 'bob', sameAs: 'bo' }), party({ party: 'bo', sameAs: 'robert' })];
    expect(daysChanged(...told, ...chain).slice(2)).toEqual([['2024-03-15'], ['2024-03-15']]);
    expect(daysChanged(...chain, ...told)[2]).toEqual(['2024-03-15']);
  });

  it('asks for rates through USD where none of its money is in USD', () => {
    const priced = round({ amount: cny('700'), postMoney: { amount: '400', currency: 'EUR' } });
    const told = [priced, rate({ base: 'EUR', quote: 'USD', rate: '1.1' }), rate({ rate: '7' })];
    expect(daysChanged(...told)).toEqual([['2024-03-15'], [], ['2024-03-15']]);
  });

  it('changes nothing for a deal, and only its day for a conflict in one', () => {
    const talks = deal({ announcedOn: '2024-01-15' });
    const signed = deal({ announcedOn: '2024-01-15', stage: 'signed' });
    expect(daysChanged(founding, latest, talks, signed).slice(2)).toEqual([[], ['2024-01-15']]);
  });

  it('takes in what was said of an id that turns out to be the company', () => {
    const told = [stake({ company: 'brook', shares: '5', holder: 'bo' }), founding];
    const changed = daysChanged(...told, party({ party: 'brook', sameAs: 'acme' }));
    expect(changed).toEqual([[], ['2024-01-01'], ['2024-03-15']]);
  });

  it('lets go of what is none of its business', () => {
    const folding = new CompanyFolding('acme');
    const entries = ledger(
      founding,
      issuance('t-1', '2024-01-01'),
      round({ company: 'brook', roundId: 'z' }),
    );
    add(folding, entries, entries);
    folding.settle();
    expect([...folding.links]).not.toContain('company:brook');
    expect(folding.links.has('target:desk e-1')).toBe(true);
    expect(folding.links.has('target:desk e-3')).toBe(false);
  });
});

describe('following any company', () => {
  const companies = ANY_COMPANIES.slice(0, 4);

  it('gives after each entry what believing and folding all entries gives', () => {
    holds(
      [anyEntries(24), fc.constantFrom(...companies)],
      (entries, company) => {
        const folding = new CompanyFolding(company);
        const days = new Map<string, TimelineDay>();
        for (const [index, entry] of entries.entries()) {
          const known = entries.slice(0, index + 1);
          add(folding, [entry], known);
          for (const change of folding.settle()) apply(days, change);
          const anew = fold(believe(known), company);
          expect(folding.timeline).toEqual(anew);
          expect([...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1))).toEqual(anew.days);
        }
      },
      150,
    );
  });

  it('does so in whatever order entries arrive: any day may be the one to refold from', () => {
    const arrivals = anyEntries(20, { retractions: 1, descriptions: 1 }).chain((entries) =>
      fc.shuffledSubarray(entries, { minLength: entries.length }),
    );
    holds([arrivals, fc.constantFrom(...companies)], (entries, company) => {
      const folding = new CompanyFolding(company);
      for (const [index, entry] of entries.entries()) {
        const known = entries.slice(0, index + 1);
        add(folding, [entry], known);
        folding.settle();
        expect(folding.timeline).toEqual(fold(believe(known), company));
      }
    });
  });

  it('is left as it was by an entry that bears no link asked for', () => {
    holds([anyEntries(24), fc.constantFrom(...companies)], (entries, company) => {
      const folding = new CompanyFolding(company);
      add(folding, [], []);
      for (const [index, { claim }] of entries.entries()) {
        const isTouched = linksOf(claim).some((link) => folding.links.has(link));
        const known = entries.slice(0, index + 1);
        if (isTouched) add(folding, entries.slice(index, index + 1), known);
        folding.settle();
        expect(folding.timeline).toEqual(fold(believe(known), company));
      }
    });
  });

  it('keeps few states: a company of many days is refolded from near the day that changed', () => {
    const dayOf = (n: number) =>
      `${2000 + (n - (n % 300)) / 300}-${two(1 + ((n % 300) - (n % 25)) / 25)}-${two(1 + (n % 25))}`;
    const tellings = Array.from({ length: 120 }, (_, n) => issuance(`t-${n}`, dayOf(n)));
    const entries = ledger(...tellings);
    for (const late of [0, 14, 15, 16, 17, 60, 118, 119]) {
      const folding = new CompanyFolding('acme');
      const others = entries.filter((_, index) => index !== late);
      add(folding, others, others);
      folding.settle();
      add(folding, entries, entries);
      expect(folding.settle()).toHaveLength(120 - late);
      expect(folding.timeline).toEqual(fold(believe(entries), 'acme'));
    }
  });
});

function two(n: number): string {
  return `${n}`.padStart(2, '0');
}

function apply(days: Map<string, TimelineDay>, { day, before, after }: DayChange): void {
  expect(days.get(day) ?? null).toEqual(before);
  if (after === null) days.delete(day);
  else days.set(day, after);
}
