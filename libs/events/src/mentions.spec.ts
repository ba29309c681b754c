import { describe, expect, it } from '@jest/globals';
import type { Claim, ClaimType } from './claim.ts';
import { examples } from './examples.ts';
import { mentions } from './mentions.ts';

const mentionsOf = (type: ClaimType, change: object = {}): string[] => {
  const data: unknown = { ...examples[type], ...change };
  return mentions({ type, source: 'y', id: 'x', version: 1, time: null, data } as Claim);
};

describe('the parties a claim names', () => {
  it.each<[ClaimType, string[]]>([
    ['deal-announced', ['acme-ai', 'giant', 'giant-cloud']],
    ['round-closed', ['acme-ai', 'giant', 'giant-cloud', 'angel', 'friend']],
    ['stake-changed', ['acme-ai', 'giant', 'rival']],
    ['party-described', ['acme-ai', 'acme', 'giant']],
    ['fx-rate-published', []],
    ['stance-stated', ['giant']],
    ['figure-stated', []],
    ['entry-retracted', []],
  ])('%s: %j', (type, parties) => {
    expect(mentionsOf(type)).toEqual(parties);
  });

  it('are there once each, and a sector or an absent holder is none', () => {
    expect(mentionsOf('stance-stated', { party: 'giant', toward: 'giant' })).toEqual(['giant']);
    expect(mentionsOf('figure-stated', { subject: 'acme-ai' })).toEqual(['acme-ai']);
    const split = { kind: 'split', holder: undefined, comparedWith: undefined };
    expect(mentionsOf('stake-changed', split)).toEqual(['acme-ai']);
  });
});
