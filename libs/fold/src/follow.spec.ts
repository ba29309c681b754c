import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ANY_COMPANIES, anyEntries } from '../../../test/any-claims.ts';
import { readEnvelope } from '#libs/events';
import { believe } from './believe.ts';
import type { Entry } from './entry.ts';
import { CompanyFolding } from './follow.ts';
import { fold } from './fold.ts';
import { linksOf } from './links.ts';

describe('x', () => {
  it('valid', () => {
    fc.assert(
      fc.property(anyEntries(20), (entries) => {
        for (const { claim } of entries) {
          const r = readEnvelope({ specversion: '1.0', id: claim.id, source: claim.source, type: claim.type, data: claim.data });
          if (!r.ok) throw new Error(JSON.stringify([r, claim]));
        }
      }),
    );
  });
  it('order', () => {
    fc.assert(
      fc.property(
        anyEntries(20).chain((e) => fc.tuple(fc.constant(e), fc.shuffledSubarray(e, { minLength: e.length }))),
        ([entries, shuffled]) => {
          const a = believe(entries), b = believe(shuffled);
          expect([...a.facts]).toEqual([...b.facts]);
          expect(a.findings).toEqual(b.findings);
          expect([...a.identities]).toEqual([...b.identities]);
        },
      ),
    );
  });
  it('follow', () => {
    fc.assert(
      fc.property(anyEntries(24), (entries) => {
        for (const company of ANY_COMPANIES) {
          const folding = new CompanyFolding(company);
          for (const entry of entries) {
            const known = entries.filter((e) => e.position <= entry.position);
            add(folding, [entry], known);
            folding.settle();
            const anew = fold(believe(known), company);
            expect(folding.timeline).toEqual(anew);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
function add(folding: CompanyFolding, entries: Entry[], known: Entry[]) {
  let links = folding.add(entries);
  let first = true;
  while (links.length > 0 || first) {
    first = false;
    const wanted = new Set(links);
    links = folding.add(known.filter(({ claim }) => linksOf(claim).some((l) => wanted.has(l))));
  }
}
