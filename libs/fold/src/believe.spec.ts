import { describe, expect, it } from '@jest/globals';
import { readEnvelope } from '#libs/events';
import fc from 'fast-check';
import { ANY_COMPANIES, anyEntries } from '../../../test/any-claims.ts';
import { holds } from '../../../test/property.ts';
import { ledger, retraction, round } from '../../../test/telling.ts';
import { believe } from './believe.ts';
import type { Belief } from './belief.ts';
import type { Entry } from './entry.ts';
import { fold } from './fold.ts';

/** All that a belief says, in its order. */
function said({ facts, findings, identities, byCompany }: Belief): unknown {
  return [[...facts], findings, [...identities], [...byCompany]];
}

/** The entries, and the same in another order. */
const inTwoOrders = anyEntries(24).chain((entries) =>
  fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length })),
);

describe('B1: what is known', () => {
  const told = ledger(round({ label: 'first' }), round({ label: 'then' }), retraction(2));
  const label = (position?: number) =>
    [...believe(told, position).facts.values()].map((fact) => 'label' in fact && fact.label.value);

  it('keeps the entries up to a position, and all without one', () => {
    expect(label(0)).toEqual([]);
    expect(label(1)).toEqual(['first']);
    expect(label(2)).toEqual(['then']);
    expect(label(3)).toEqual(['first']);
    expect(label()).toEqual(['first']);
  });

  it('orders facts by their keys: parts by UTF-8 bytes, tranches as numbers', () => {
    const ids = ['a b', 'a', 'a-b', '\u{1f600}', '\uff5e'];
    const rounds = ids.map((roundId) => round({ roundId }));
    const { facts } = believe(ledger(...rounds, round({ tranche: 10 }), round({ tranche: 9 })));
    const order = [...facts.values()].map(
      (fact) => 'roundId' in fact && [fact.roundId, fact.tranche],
    );
    expect(order).toEqual([
      ['a', 1],
      ['a', 9],
      ['a', 10],
      ['a b', 1],
      ['a-b', 1],
      ['\uff5e', 1],
      ['\u{1f600}', 1],
    ]);
  });

  it('knows of each standing entry its strength and when it was said', () => {
    const filed = { ...round({}, 'filing'), time: '2024-05-01T00:00:00Z' };
    const { provenance } = believe(ledger(filed, round({}), retraction(2)));
    expect(provenance.get(1)).toEqual({ strength: 'filing', saidAt: '2024-05-01T00:00:00Z' });
    expect(provenance.get(2)).toBeUndefined();
    expect(provenance.get(3)).toBeUndefined();
  });
});

describe('believing', () => {
  it('is tried with claims that publishers may make', () => {
    holds([anyEntries(30)], (entries) => {
      for (const { claim } of entries) {
        const { type, source, id, data } = claim;
        expect(readEnvelope({ specversion: '1.0', type, source, id, data })).toMatchObject({
          ok: true,
        });
      }
    });
  });

  it('gives the same whatever the order of arrival', () => {
    holds([inTwoOrders], ([entries, shuffled]) => {
      expect(said(believe(shuffled))).toEqual(said(believe(entries)));
    });
  });

  it('depends on positions only where claims of equal rank compete or a circle is cut', () => {
    const uncontested = anyEntries(20, { retractions: 0, descriptions: 0 }).map(uncontestedAmong);
    holds([uncontested], (entries) => {
      const last = entries.length + 1;
      const mirror = ({ position, claim }: Entry): Entry => ({ position: last - position, claim });
      const mirrored = believe(entries.map(mirror));
      for (const company of ANY_COMPANIES) {
        const days = fold(mirrored, company).days.map(({ lines }) => lines.map(withoutEntries));
        const straight = fold(believe(entries), company).days;
        expect(days).toEqual(straight.map(({ lines }) => lines.map(withoutEntries)));
      }
    });
  });

  it('leaves no trace of a retracted entry after its retraction, and none of that before', () => {
    const cases = anyEntries(20).filter(({ length }) => length > 0);
    holds([cases, fc.nat()], (entries, pick) => {
      const target = entries[pick % entries.length]!;
      const { source, id } = target.claim;
      fc.pre(entries.every(({ claim }) => claim.data.supersedes?.id !== id));
      const [telling] = ledger(retraction(target.position, source));
      const retracting: Entry = {
        position: entries.length + 1,
        claim: { ...telling!.claim, source, id: 'the-retraction' },
      };
      const before = believe(entries);
      const after = believe([...entries, retracting]);
      const never = believe(entries.filter((entry) => entry !== target));
      expect(said(believe([...entries, retracting], entries.length))).toEqual(said(before));
      expect([...after.facts]).toEqual([...never.facts]);
      expect([...after.identities]).toEqual([...never.identities]);
      for (const company of ANY_COMPANIES) {
        const forgotten = withoutFindingsOf(after, target.position);
        expect(fold(forgotten, company)).toEqual(fold(never, company));
      }
    });
  });
});

/** Who removed an entry of another source is still told. */
function withoutFindingsOf(belief: Belief, position: number): Belief {
  return {
    ...belief,
    findings: belief.findings.filter(({ entries }) => !entries.includes(position)),
  };
}

/** One claim a business key, superseding nothing. */
function uncontestedAmong(entries: readonly Entry[]): Entry[] {
  const { facts } = believe(entries.filter(({ claim }) => claim.data.supersedes === undefined));
  const first = new Set([...facts.values()].map(({ claims }) => claims[0]));
  return entries.filter(({ position }) => first.has(position));
}

function withoutEntries({ entries, ...line }: { readonly entries: readonly number[] }): unknown {
  return [line, entries.length];
}
