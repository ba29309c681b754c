import { describe, expect, it } from '@jest/globals';
import { CLAIM_TYPES, type ClaimType } from './claim.ts';
import { examples } from './examples.ts';
import { readEnvelope } from './read.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What is wrong with a type's example after a change of its fields; undefined removes one. */
function faultsOf(type: ClaimType, change: Fields): string[] {
  const data: unknown = JSON.parse(JSON.stringify({ ...examples[type], ...change }));
  const envelope = { specversion: '1.0', id: 'x', source: 'y', type, data };
  const reading = readEnvelope(envelope);
  return reading.ok
    ? []
    : reading.faults.map(({ code, pointer }) => `${code} ${pointer.replace('/data', '')}`);
}

const accepts = (type: ClaimType, change: Fields): void => {
  expect(faultsOf(type, change)).toEqual([]);
};

const refuses = (type: ClaimType, change: Fields, ...faults: string[]): void => {
  expect(faultsOf(type, change)).toEqual(faults);
};

const REQUIRED: { readonly [T in ClaimType]: readonly string[] } = {
  'deal-announced': ['dealId', 'company', 'kind', 'stage', 'announcedOn'],
  'round-closed': ['roundId', 'company', 'kind', 'closedOn'],
  'stake-changed': ['transactionId', 'company', 'holder', 'effectiveOn', 'kind', 'stockClass'],
  'party-described': ['party', 'effectiveOn'],
  'fx-rate-published': ['base', 'quote', 'rate', 'on'],
  'stance-stated': ['stanceId', 'party', 'toward', 'stance', 'effectiveOn'],
  'figure-stated': ['figureId', 'subject', 'metric', 'on'],
  'entry-retracted': ['retracts', 'reason'],
};

describe.each(CLAIM_TYPES)('%s', (type) => {
  const fields = Object.keys(examples[type]);

  it.each(fields)('needs %s, or does not', (field) => {
    const isNeeded = REQUIRED[type].includes(field) || field === 'low' || field === 'high';
    const expected = isNeeded ? [`schema-violation /${field}`] : [];
    expect(faultsOf(type, { [field]: undefined })).toEqual(expected);
  });

  it.each(fields)('has no null for %s: what is unknown is left out', (field) => {
    expect(faultsOf(type, { [field]: null })).toEqual([`schema-violation /${field}`]);
  });

  it('may take the place of another entry', () => {
    accepts(type, { supersedes: { source: 'any', id: 'any' } });
    refuses(type, { supersedes: { id: 'any' } }, 'schema-violation /supersedes/source');
    refuses(type, { supersedes: { source: 'any', id: '' } }, 'schema-violation /supersedes/id');
    refuses(type, { supersedes: 'any' }, 'schema-violation /supersedes');
  });
});

describe('lists', () => {
  it('may be empty or absent alike', () => {
    for (const type of CLAIM_TYPES) {
      const lists = Object.entries(examples[type]).filter(([, value]) => Array.isArray(value));
      accepts(type, Object.fromEntries(lists.map(([field]) => [field, []])));
      accepts(type, Object.fromEntries(lists.map(([field]) => [field, undefined])));
    }
  });
});

describe('deal-announced', () => {
  it.each(['considered', 'in-talks', 'advanced', 'signed', 'dropped'])('is %s', (stage) => {
    accepts('deal-announced', { stage });
  });

  it('is of its own kinds and no other', () => {
    for (const kind of ['funding-round', 'acquisition', 'secondary', 'convertible'])
      accepts('deal-announced', { kind });
    refuses('deal-announced', { kind: 'equity' }, 'unknown-enum /kind');
    refuses('deal-announced', { roundType: 'series_k' }, 'unknown-enum /roundType');
    refuses('deal-announced', { stage: 'closed' }, 'unknown-enum /stage');
  });

  it('has money in decimals of a currency that ISO 4217 knows, now or once', () => {
    const amount = (money: unknown) => ({ amount: money });
    accepts('deal-announced', amount({ amount: '0', currency: 'USD' }));
    accepts('deal-announced', amount({ amount: '1', currency: 'DEM' }));
    refuses('deal-announced', amount('1'), 'schema-violation /amount');
    refuses('deal-announced', amount(1), 'schema-violation /amount');
    refuses('deal-announced', amount({ amount: '1' }), 'schema-violation /amount/currency');
    refuses('deal-announced', amount({ currency: 'USD' }), 'schema-violation /amount/amount');
    refuses(
      'deal-announced',
      amount({ amount: 1.5, currency: 'BTC', qualifier: 'roughly' }),
      'number-for-decimal /amount/amount',
      'unknown-enum /amount/currency',
      'unknown-enum /amount/qualifier',
    );
    refuses(
      'deal-announced',
      amount({ amount: '-1', currency: 'usd' }),
      'unknown-enum /amount/currency',
      'schema-violation /amount/amount',
    );
  });

  it('has commitments of a provider', () => {
    refuses(
      'deal-announced',
      { computeCommitments: [{ years: 3 }] },
      'number-for-decimal /computeCommitments/0/years',
      'schema-violation /computeCommitments/0/provider',
    );
  });
});

describe('round-closed', () => {
  it('has a tranche from 1 on and any whole sequence', () => {
    for (const tranche of [1, 2, 1e3, Number.MAX_SAFE_INTEGER])
      accepts('round-closed', { tranche });
    for (const tranche of [0, -1, 1.5, '1', true, 2 ** 53])
      refuses('round-closed', { tranche }, 'schema-violation /tranche');
    for (const sequence of [0, -5, 7]) accepts('round-closed', { sequence });
    for (const sequence of [0.5, '0', -(2 ** 53)])
      refuses('round-closed', { sequence }, 'schema-violation /sequence');
  });

  it('has participants with shares, ownership, both or neither', () => {
    accepts('round-closed', {
      participants: [
        { investor: 'a' },
        { investor: 'a', shares: '0' },
        { investor: 'undisclosed', ownership: '1', ownershipBasis: 'outstanding' },
        { investor: 'c', shares: '1', sharesQualifier: 'under', ownership: '0' },
      ],
    });
    refuses(
      'round-closed',
      {
        participants: [
          { investor: 'a', ownership: '36' },
          { investor: 'b', ownership: 0.36 },
        ],
      },
      'number-for-decimal /participants/1/ownership',
      'schema-violation /participants/0/ownership',
    );
  });

  it('has conversions of a round', () => {
    refuses(
      'round-closed',
      { conversions: [{ holder: 'angel', shares: '1' }] },
      'schema-violation /conversions/0/fromRoundId',
    );
  });

  it('says in true or false whether its participants are all', () => {
    refuses(
      'round-closed',
      { participantsComplete: 'yes' },
      'schema-violation /participantsComplete',
    );
  });

  it('has a price in parts, by amount, by portion, by both or by neither', () => {
    const pay = (...consideration: unknown[]) => ({
      participants: [{ investor: 'giant', consideration }],
    });
    const amount = { amount: '1', currency: 'USD' };
    accepts(
      'round-closed',
      pay({ form: 'cash' }, { form: 'cash', amount }, { form: 'stock', portion: '0.5', amount }),
    );
    const at = '/participants/0/consideration/0';
    refuses('round-closed', pay({ form: 'credit' }), `unknown-enum ${at}/form`);
    refuses('round-closed', pay({ amount }), `schema-violation ${at}/form`);
    refuses('round-closed', pay({ form: 'cash', portion: '50' }), `schema-violation ${at}/portion`);
    refuses('round-closed', pay({ form: 'cash', portion: 1 }), `number-for-decimal ${at}/portion`);
  });
});

describe('party-described', () => {
  it('has names in any script, and as many as it likes', () => {
    accepts('party-described', { name: '', aliases: ['阿里', 'x'.repeat(10_000), '\n'] });
    refuses('party-described', { aliases: ['a', 1] }, 'schema-violation /aliases/1');
    refuses('party-described', { aliases: 'a' }, 'schema-violation /aliases');
  });

  it('has roles and affiliations of a closed list', () => {
    refuses('party-described', { roles: ['bank'] }, 'unknown-enum /roles/0');
    refuses(
      'party-described',
      { affiliations: [{ to: 'giant', kind: 'friend', until: 'today' }] },
      'unknown-enum /affiliations/0/kind',
      'schema-violation /affiliations/0/until',
    );
  });

  it('may end before it began: the ledger does not ask a publisher to be right', () => {
    const affiliation = { to: 'giant', kind: 'fund', from: '2024', until: '2020' };
    accepts('party-described', { affiliations: [affiliation] });
  });
});

describe('fx-rate-published', () => {
  it('is of a full day', () => {
    for (const on of ['2024', '2024-02', '2024-33', '2024-02-20~', '2023-02-29'])
      refuses('fx-rate-published', { on }, 'schema-violation /on');
  });

  it('has a rate above zero', () => {
    refuses('fx-rate-published', { rate: '0.0' }, 'schema-violation /rate');
    refuses('fx-rate-published', { rate: 7.3 }, 'number-for-decimal /rate');
  });
});

describe('stance-stated and figure-stated', () => {
  it('are about a party or a sector', () => {
    for (const about of ['acme-ai', 'sector:large-model', 'sector:大模型 и так далее']) {
      accepts('stance-stated', { toward: about });
      accepts('figure-stated', { subject: about });
    }
    for (const about of ['sector:', 'Sector:x', 'industry:x', 'sector:a\nb']) {
      refuses('stance-stated', { toward: about }, 'schema-violation /toward');
      refuses('figure-stated', { subject: about }, 'schema-violation /subject');
    }
    refuses('stance-stated', { party: 'sector:x' }, 'schema-violation /party');
  });

  it('have low and high together, or neither', () => {
    accepts('figure-stated', { low: undefined, high: undefined });
    accepts('figure-stated', { low: undefined, high: undefined, amount: undefined });
    accepts('figure-stated', { low: '3', high: '2' });
  });
});

describe('entry-retracted', () => {
  it('names an event and a reason', () => {
    refuses('entry-retracted', { reason: '' }, 'schema-violation /reason');
    refuses('entry-retracted', { retracts: { source: 'x' } }, 'schema-violation /retracts/id');
  });
});
