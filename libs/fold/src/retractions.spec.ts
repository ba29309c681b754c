import { describe, expect, it } from '@jest/globals';
import {
  by,
  ledger,
  party,
  retraction,
  round,
  superseding,
  type Telling,
} from '../../../test/telling.ts';
import { believe } from './believe.ts';
import { removals } from './retractions.ts';

/** The positions of the claims that stand, retractions apart. */
function standing(...tellings: readonly Telling[]): number[] {
  const { facts } = believe(ledger(...tellings));
  return [...facts.values()].flatMap(({ claims }) => claims).sort((a, b) => a - b);
}

const a = round({ roundId: 'a' });
const b = round({ roundId: 'b' });
const c = round({ roundId: 'c' });

describe('B2: what is removed', () => {
  it('removes what is retracted', () => {
    expect(standing(a, b, retraction(1))).toEqual([2]);
  });

  it('removes a target that arrives after its retraction', () => {
    expect(standing(retraction(2), a, b)).toEqual([3]);
  });

  it('does nothing to a target that never arrives', () => {
    expect(standing(a, retraction(9))).toEqual([1]);
  });

  it('tells publishers with the same ids apart', () => {
    expect(standing(a, retraction(1, 'crm'))).toEqual([1]);
  });

  it('lets a retracted retraction have no effect', () => {
    expect(standing(a, retraction(1), retraction(2))).toEqual([1]);
    expect(standing(a, retraction(1), retraction(2), retraction(3))).toEqual([]);
  });

  it('removes what is superseded, and what that superseded, and so on', () => {
    expect(standing(a, superseding(1, b))).toEqual([2]);
    expect(standing(a, superseding(1, b), superseding(2, c))).toEqual([3]);
    expect(standing(superseding(2, a), superseding(3, b), c)).toEqual([1]);
  });

  it('lets what was superseded stand again once its successor alone is retracted', () => {
    expect(standing(a, superseding(1, b), retraction(2))).toEqual([1]);
  });

  it('keeps a chain removed from its head, though a link of it was retracted', () => {
    expect(standing(a, superseding(1, b), retraction(2), superseding(2, c))).toEqual([4]);
  });

  it('undoes a retraction by superseding it', () => {
    expect(standing(a, retraction(1), superseding(2, b))).toEqual([1, 3]);
  });

  it('lets a retraction take the place of another', () => {
    expect(standing(a, b, retraction(1), superseding(3, retraction(2)))).toEqual([1]);
  });

  it('removes nothing by itself', () => {
    expect(standing(superseding(1, a))).toEqual([1]);
    expect(standing(a, retraction(2), retraction(1))).toEqual([]);
  });

  it('lets the newest entry of a circle stand', () => {
    expect(standing(superseding(2, a), superseding(1, b))).toEqual([2]);
    expect(standing(superseding(2, a), superseding(3, b), superseding(1, c))).toEqual([3]);
  });

  it('decides a circle that is removed from outside by what is left of it', () => {
    const circle = [superseding(2, a), superseding(3, b), superseding(1, c)];
    expect(standing(...circle, retraction(3))).toEqual([2]);
    expect(standing(superseding(2, a), superseding(1, b), retraction(2))).toEqual([1]);
  });

  it('lets of three retractions in a circle the newest stand, and what its victim meant to remove', () => {
    const circle = removals([
      { position: 1, reference: 'a', retracts: 'b' },
      { position: 2, reference: 'b', retracts: 'c' },
      { position: 3, reference: 'c', retracts: 'a' },
    ]);
    expect([...circle]).toEqual([[1, [3]]]);
  });

  it('decides a long chain without running out of stack', () => {
    const chain = Array.from({ length: 20_000 }, (_, n) => ({
      position: n + 1,
      reference: `${n}`,
      retracts: `${n - 1}`,
    }));
    expect(removals(chain).size).toBe(10_000);
  });
});

describe('B2: removing what another source said', () => {
  const findings = (...tellings: readonly Telling[]) => believe(ledger(...tellings)).findings;

  it('raises a finding at the removed company from the removed day on', () => {
    const told = round({ company: 'brook', closedOn: '2024-02~' });
    expect(findings(told, by('crm', retraction(1)))).toEqual([
      {
        kind: 'retracted-by-another-source',
        company: 'brook',
        from: '2024-02-01',
        entries: [1, 2],
      },
    ]);
  });

  it('raises one for each entry of another source down a chain', () => {
    const told = [a, superseding(1, b), by('crm', superseding(2, c))];
    expect(findings(...told).map(({ entries }) => entries)).toEqual([
      [1, 3],
      [2, 3],
    ]);
    const ownFirst = [by('crm', a), superseding(1, b, 'crm'), by('crm', superseding(2, c))];
    expect(findings(...ownFirst).map(({ entries }) => entries)).toEqual([[2, 3]]);
  });

  it('raises none for one’s own, nor by an entry that is itself removed', () => {
    expect(findings(a, retraction(1))).toEqual([]);
    expect(findings(a, by('crm', retraction(1)), by('crm', retraction(2, 'crm')))).toEqual([]);
  });

  it('has no company to raise it at where a retraction is retracted', () => {
    expect(findings(a, by('crm', retraction(1)), retraction(2, 'crm'))).toEqual([]);
  });

  it('reads the company through the identities', () => {
    const joined = party({ party: 'brook', sameAs: 'acme' });
    const told = round({ company: 'brook' });
    expect(findings(told, by('crm', retraction(1)), joined)).toMatchObject([{ company: 'acme' }]);
  });
});
