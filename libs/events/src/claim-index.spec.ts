import { describe, expect, it } from '@jest/globals';
import { CLAIM_TYPES, type Claim, type ClaimType } from './claim.ts';
import { businessKey, indexOf } from './claim-index.ts';
import { examples } from './examples.ts';

/** A claim of a type's example, changed in some fields. */
const claimOf = (type: ClaimType, change: object = {}): Claim => {
  const data: unknown = { ...examples[type], ...change };
  return { type, source: 'y', id: 'x', version: 1, time: null, data } as Claim;
};

const keyOf = (type: ClaimType, change: object = {}): unknown =>
  JSON.parse(businessKey(claimOf(type, change)) ?? 'null');

describe('the business key', () => {
  it('of a deal is its id and the earliest day of its announcement', () => {
    expect(keyOf('deal-announced')).toEqual(['deal-announced', 'acme-series-b', '2024-02-01']);
    expect(keyOf('deal-announced', { announcedOn: '2024-02-01', stage: 'dropped' })).toEqual(
      keyOf('deal-announced'),
    );
  });

  it('of a round is its id and its tranche, which is 1 if absent', () => {
    expect(keyOf('round-closed')).toEqual(['round-closed', 'acme-b', 2]);
    expect(keyOf('round-closed', { tranche: undefined })).toEqual(['round-closed', 'acme-b', 1]);
  });

  it('of a change of a stake is its id; of a disclosure what it discloses', () => {
    expect(keyOf('stake-changed')).toEqual(['stake-changed', 'acme-conversion-1']);
    expect(keyOf('stake-changed', { kind: 'disclosure' })).toEqual([
      'stake-changed',
      'acme-ai',
      'giant',
      'preferred-b',
      '2024-07-01',
    ]);
    expect(
      keyOf('stake-changed', { kind: 'disclosure', stockClass: undefined, transactionId: 'other' }),
    ).toEqual(['stake-changed', 'acme-ai', 'giant', null, '2024-07-01']);
  });

  it('of the others is what they are about', () => {
    expect(keyOf('party-described')).toEqual(['party-described', 'acme-ai', '2021-04-01']);
    expect(keyOf('fx-rate-published')).toEqual(['fx-rate-published', 'USD', 'CNY', '2023-10-02']);
    expect(keyOf('stance-stated')).toEqual(['stance-stated', 'giant-on-models', '2024-01-01']);
    expect(keyOf('figure-stated')).toEqual(['figure-stated', 'models-raised-2023']);
    expect(keyOf('entry-retracted')).toBeNull();
  });

  it('is told apart from others whatever characters an id has', () => {
    expect(keyOf('round-closed', { roundId: '","2' })).toEqual(['round-closed', '","2', 2]);
    expect(keyOf('figure-stated', { figureId: 'a\\"]' })).toEqual(['figure-stated', 'a\\"]']);
  });
});

describe('what a claim is found by', () => {
  it('has the company of the types that name one, and the earliest day of all that have a date', () => {
    const found = CLAIM_TYPES.map((type) => {
      const { company, effectiveOn } = indexOf(claimOf(type), null);
      return [type, company, effectiveOn];
    });
    expect(found).toEqual([
      ['deal-announced', 'acme-ai', '2024-02-01'],
      ['round-closed', 'acme-ai', '2024-02-29'],
      ['stake-changed', 'acme-ai', '2024-07-01'],
      ['party-described', null, '2021-04-01'],
      ['fx-rate-published', null, '2023-10-02'],
      ['stance-stated', null, '2024-01-01'],
      ['figure-stated', null, '2023-12-31'],
      ['entry-retracted', null, null],
    ]);
  });
});
