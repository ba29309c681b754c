import type { Message } from 'kafkajs';

/**
 * Events such as a deal desk sends: rounds, stakes and parties in turn, in binary mode, each valid and
 * none said twice. Ids are in the order of time, as the publishers' guide asks.
 */
export function* generateEvents(count: number): Generator<Message> {
  for (let n = 0; n < count; n++) {
    const company = `company-${n % 5_000}`;
    const { type, data } = claims[n % claims.length]?.(n, company) ?? {};
    yield {
      key: company,
      value: JSON.stringify(data),
      headers: {
        ce_specversion: '1.0',
        ce_id: timeOrderedId(n),
        ce_source: 'deal-desk',
        ce_type: type ?? '',
        ce_time: new Date(1_700_000_000_000 + n * 1_000).toISOString(),
        'content-type': 'application/json',
      },
    };
  }
}

type Generated = (n: number, company: string) => { type: string; data: unknown };

const claims: readonly Generated[] = [round, stake, party];

function round(n: number, company: string) {
  return {
    type: 'round-closed',
    data: {
      roundId: `round-${n}`,
      company,
      kind: 'equity',
      roundType: 'series_b',
      closedOn: dayOf(n),
      amount: { amount: `${n % 900}500000.00`, currency: 'USD', qualifier: 'about' },
      postMoney: { amount: `${n % 900}900000000`, currency: 'USD' },
      participants: [
        {
          investor: `giant-${n % 40}`,
          role: 'lead',
          amount: { amount: '250000000', currency: 'USD' },
        },
        { investor: `fund-${n % 400}`, role: 'participant' },
      ],
      sources: [source(n)],
    },
  };
}

function stake(n: number, company: string) {
  return {
    type: 'stake-changed',
    data: {
      transactionId: `transaction-${n}`,
      company,
      holder: `giant-${n % 40}`,
      effectiveOn: dayOf(n),
      kind: 'disclosure',
      ownership: `0.${String(n % 1_000).padStart(4, '0')}`,
      ownershipQualifier: 'about',
      sources: [source(n)],
    },
  };
}

function party(n: number, company: string) {
  return {
    type: 'party-described',
    data: {
      party: company,
      name: `Company ${n} 投資`,
      roles: ['company'],
      country: 'CN',
      sectors: ['large-models', 'cloud'],
      effectiveOn: dayOf(n),
      sources: [source(n)],
    },
  };
}

function source(n: number) {
  return {
    publisher: 'stock exchange',
    url: `https://filings.example/documents/${n}.pdf`,
    publishedOn: dayOf(n),
    basis: 'filing',
  };
}

function dayOf(n: number): string {
  return new Date(Date.UTC(2015, 0, 1 + (n % 3_650))).toISOString().slice(0, 10);
}

/** In the form of a UUIDv7. https://www.rfc-editor.org/rfc/rfc9562#section-5.7 */
function timeOrderedId(n: number): string {
  const time = (1_700_000_000_000 + n).toString(16).padStart(12, '0');
  const random = (n * 2_654_435_761).toString(16).padStart(12, '0').slice(-12);
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${random}`;
}
