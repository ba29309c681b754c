import { describe, expect, it } from '@jest/globals';
import {
  deal,
  figure,
  ledger,
  party,
  retraction,
  round,
  stake,
  stance,
  type Telling,
} from '../../../test/telling.ts';
import { believe } from './believe.ts';
import { readAs } from './belief.ts';

const told = (...tellings: readonly Telling[]) => believe(ledger(...tellings));
const same = (id: string, as: string, basis?: 'filing' | 'rumoured'): Telling =>
  party({ party: id, sameAs: as }, basis);

describe('B3: one party under several ids', () => {
  it('reads everything said under one id under the other', () => {
    const { facts, byCompany } = told(
      same('brook', 'acme'),
      round({
        company: 'brook',
        participants: [{ investor: 'brook' }],
        conversions: [{ holder: 'brook', fromRoundId: 'x' }],
        computeCommitments: [{ provider: 'brook' }],
      }),
      stake({
        company: 'brook',
        holder: 'brook',
        counterparty: 'brook',
        comparedWith: [{ holder: 'brook', relation: 'more' }],
      }),
      deal({ company: 'brook', participants: [{ investor: 'brook' }] }),
      stance({ party: 'brook', toward: 'brook' }),
      figure({ subject: 'brook' }),
      party({ party: 'cove', affiliations: [{ to: 'brook', kind: 'fund' }] }),
    );
    const [, ...read] = [...facts.values()].sort((a, b) => a.strongest - b.strongest);
    expect(read).toMatchObject([
      {
        company: { value: 'acme', said: 'brook', entry: 2 },
        participants: [{ investor: { value: 'acme', said: 'brook', entry: 2 } }],
        conversions: { value: [{ holder: 'acme', said: 'brook' }] },
        computeCommitments: { value: [{ provider: 'acme', said: 'brook' }] },
      },
      {
        company: { value: 'acme' },
        holder: { value: 'acme', said: 'brook' },
        counterparty: { value: 'acme' },
        comparedWith: { value: [{ holder: 'acme', said: 'brook' }] },
      },
      { company: { value: 'acme' }, participants: [{ investor: { value: 'acme' } }] },
      { party: { value: 'acme' }, toward: { value: 'acme' } },
      { subject: { value: 'acme' } },
      { affiliations: { value: [{ to: 'acme', said: 'brook' }] } },
    ]);
    expect(byCompany.has('brook')).toBe(false);
  });

  it('lets claims compete that come to one key only once their ids are joined', () => {
    const disclosures = [
      stake({ holder: 'bo', ownership: '0.4' }),
      stake({ holder: 'bob', ownership: '0.36' }, 'filing'),
    ];
    expect(told(...disclosures).facts.size).toBe(2);
    const { facts } = told(...disclosures, same('bob', 'bo'));
    const disclosed = [...facts.values()].filter(({ type }) => type === 'stake-changed');
    expect(disclosed).toMatchObject([{ claims: [1, 2], ownership: { value: { figure: '0.36' } } }]);
  });

  it('follows a chain through', () => {
    const { identities } = told(same('a', 'b'), same('b', 'c'), same('d', 'b'));
    expect(['a', 'b', 'c', 'd'].map((id) => readAs(identities, id))).toEqual(['c', 'c', 'c', 'c']);
  });

  it('takes of several claims on one party the strongest, then the newest', () => {
    expect(readAs(told(same('a', 'b', 'filing'), same('a', 'c')).identities, 'a')).toBe('b');
    expect(readAs(told(same('a', 'b'), same('a', 'c')).identities, 'a')).toBe('c');
    const dated = party({ party: 'a', sameAs: 'c', effectiveOn: '1999' }, 'rumoured');
    expect(readAs(told(same('a', 'b'), dated).identities, 'a')).toBe('b');
  });

  it('parts again what a retracted claim joined', () => {
    expect(told(same('a', 'b'), retraction(1)).identities.size).toBe(0);
  });

  it('never joins `undisclosed`', () => {
    const { identities } = told(
      same('undisclosed', 'a'),
      same('b', 'undisclosed', 'filing'),
      same('b', 'c', 'rumoured'),
    );
    expect([...identities]).toEqual([['b', 'c']]);
  });

  it('joins nothing in a circle and finds it at each company in it, on every day', () => {
    const { identities, findings } = told(same('a', 'b'), same('b', 'a'), same('c', 'a'));
    expect([...identities]).toEqual([['c', 'a']]);
    const circle = { kind: 'identity-cycle', from: '0001-01-01', entries: [1, 2] };
    expect(findings).toEqual([
      { ...circle, company: 'a' },
      { ...circle, company: 'b' },
    ]);
  });

  it('takes an id that is said to be itself for a circle of one', () => {
    const { identities, findings } = told(same('a', 'b', 'rumoured'), same('a', 'a'));
    expect(identities.size).toBe(0);
    expect(findings).toMatchObject([{ company: 'a', entries: [2] }]);
  });
});
