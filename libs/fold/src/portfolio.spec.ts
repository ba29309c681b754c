import { describe, expect, it } from '@jest/globals';
import {
  deal,
  figure,
  ledger,
  party,
  rate,
  round,
  stake,
  type Telling,
} from '../../../test/telling.ts';
import { believe } from './believe.ts';
import { fold } from './fold.ts';
import { portfolio, type PortfolioQuestion, type PortfolioRow } from './portfolio.ts';

const usd = (amount: string) => ({ amount, currency: 'USD' });
const cny = (amount: string) => ({ amount, currency: 'CNY' });

/** What an investor has once all of this is told. */
function rows(
  tellings: readonly Telling[],
  asked: Partial<PortfolioQuestion> = {},
): PortfolioRow[] {
  const belief = believe(ledger(...tellings));
  const timelines = [...belief.byCompany.keys()].map((company) => fold(belief, company));
  return portfolio(timelines, belief, { investor: 'ann', asOf: '2024-12-31', ...asked });
}

/** Ann puts 10 of 100 million in: 10 %. */
const bought = round({
  amount: usd('10000000'),
  postMoney: usd('100000000'),
  participants: [{ investor: 'ann', amount: usd('10000000') }],
  participantsComplete: true,
});

describe('a portfolio', () => {
  it('values what is held at the last valuation, and says what it cost', () => {
    const later = figure({ metric: 'valuation', on: '2024-06-01', amount: usd('250000000') });
    expect(rows([bought, later])).toEqual([
      {
        holder: 'ann',
        company: 'acme',
        ownership: '0.100000',
        ownershipAtMost: null,
        basis: 'implied',
        estimated: false,
        cost: { known: { USD: '10000000' }, unknown: 0 },
        value: { USD: '25000000.00' },
        multiple: '2.50',
        consideration: [
          { form: 'unknown', currency: 'USD', amount: '10000000', qualifier: 'exact' },
        ],
        claims: [],
        pledged: [],
        firstInvestment: '2024-03-15',
        lastInvestment: '2024-03-15',
        entries: [1],
      },
    ]);
  });

  it('is empty for who holds nothing', () => {
    expect(rows([bought], { investor: 'bo' })).toEqual([]);
    expect(rows([bought], { asOf: '2024-03-14' })).toEqual([]);
  });

  it('converts cost at the rate of the valuation’s day, and has no multiple without one', () => {
    const inYuan = round({
      amount: cny('70000000'),
      postMoney: usd('100000000'),
      participants: [{ investor: 'ann', amount: cny('70000000') }],
      participantsComplete: true,
    });
    const rates = [rate({ rate: '7' }), rate({ rate: '10', on: '2024-06-01' })];
    const later = figure({ metric: 'valuation', on: '2024-06-01', amount: usd('210000000') });
    const [row] = rows([...rates, inYuan, later]);
    expect(row?.cost).toEqual({ known: { CNY: '70000000' }, unknown: 0 });
    expect(row?.value).toEqual({ USD: '21000000.00' }); // 10 % of 210 million …
    expect(row?.multiple).toBe('3.00'); // … for what is worth 7 million by then.
    const [unrated] = rows([
      round({
        amount: usd('1'),
        postMoney: usd('10'),
        participants: [{ investor: 'ann', amount: cny('9') }],
      }),
    ]);
    expect(unrated).toMatchObject({ cost: { known: { CNY: '9' } }, multiple: null });
  });

  it('counts what nobody priced as unknown, never as zero', () => {
    const unpriced = round({
      roundId: 'b',
      closedOn: '2024-05-01',
      participants: [{ investor: 'ann' }],
    });
    const [row] = rows([bought, unpriced]);
    expect(row?.cost).toEqual({ known: { USD: '10000000' }, unknown: 1 });
    expect(row?.multiple).toBeNull();
    expect(row?.lastInvestment).toBe('2024-05-01');
  });

  it('takes a disclosed cost in place of all before it', () => {
    const disclosed = stake({
      holder: 'ann',
      ownership: '0.2',
      effectiveOn: '2024-04-01',
      consideration: [{ form: 'cash', amount: usd('30000000') }],
    });
    const [row] = rows([bought, disclosed]);
    expect(row?.cost).toEqual({ known: { USD: '30000000' }, unknown: 0 });
    expect(row?.firstInvestment).toBe('2024-03-15'); // A disclosure is no investment.
    expect(row?.lastInvestment).toBe('2024-03-15');
  });

  it('keeps what was sold out, worth nothing, and gives the buyer the price', () => {
    const sold = stake({
      transactionId: 'x',
      kind: 'exit',
      holder: 'ann',
      counterparty: 'bo',
      effectiveOn: '2024-06-01',
      consideration: [{ form: 'cash', amount: usd('12000000') }],
    });
    const [ann] = rows([bought, sold]);
    expect(ann).toMatchObject({ ownership: '0.000000', basis: null, value: { USD: '0.00' } });
    const [bo] = rows([bought, sold], { investor: 'bo' });
    expect(bo).toMatchObject({
      ownership: '0.100000',
      basis: 'implied',
      cost: { known: { USD: '12000000' }, unknown: 0 },
      multiple: '0.83',
    });
  });

  it('sums classes, and bounds only a holder of one line', () => {
    const issue = (stockClass: string, shares?: string) =>
      stake({ transactionId: stockClass, kind: 'issuance', stockClass, ...(shares && { shares }) });
    const classes = [issue('common', '300'), issue('preferred', '100'), issue('options', '100')];
    const [row] = rows(classes);
    expect(row).toMatchObject({ ownership: '1.000000', ownershipAtMost: null, basis: 'recorded' });
    const [unknown] = rows([...classes, issue('preferred-b')]);
    expect(unknown).toMatchObject({ ownership: '1.000000', basis: 'undisclosed' });
  });

  it('shows claims without a figure, until a conversion names their round', () => {
    const note = round({
      roundId: 'note',
      kind: 'convertible',
      amount: usd('5000000'),
      participants: [{ investor: 'ann' }],
      participantsComplete: true,
    });
    expect(rows([note])).toMatchObject([
      {
        ownership: null,
        basis: null,
        cost: { known: { USD: '5000000' }, unknown: 0 },
        claims: [{ roundId: 'note', tranche: 1, amount: { USD: '5000000' } }],
      },
    ]);
    const converted = round({
      roundId: 'b',
      closedOn: '2024-05-01',
      amount: usd('10'),
      postMoney: usd('100'),
      conversions: [{ holder: 'ann', fromRoundId: 'note', ownership: '0.1' }],
    });
    expect(rows([note, converted])).toMatchObject([{ ownership: '0.100000', claims: [] }]);
  });

  it('shows what was signed until a round names the deal', () => {
    const signed = deal({
      stage: 'signed',
      announcedOn: '2024-04-01',
      participants: [{ investor: 'ann', amount: usd('7') }],
    });
    expect(rows([bought, signed])[0]?.pledged).toEqual([
      { dealId: 'd', amount: { USD: '7' }, entries: [2] },
    ]);
    const closed = round({ roundId: 'b', dealId: 'd', closedOn: '2024-05-01' });
    expect(rows([bought, signed, closed])[0]?.pledged).toEqual([]);
    expect(rows([signed])).toEqual([]); // A pledge alone is no holding.
  });

  it('splits what was paid by form', () => {
    const [row] = rows([
      round({
        amount: usd('100'),
        postMoney: usd('1000'),
        participants: [
          {
            investor: 'ann',
            amount: usd('100'),
            consideration: [{ form: 'compute-credits', portion: '0.25', qualifier: 'about' }],
          },
        ],
      }),
    ]);
    expect(row?.consideration).toEqual([
      { form: 'compute-credits', currency: 'USD', amount: '25', qualifier: 'about' },
      { form: 'unknown', currency: 'USD', amount: '75', qualifier: 'exact' },
    ]);
  });

  it('names the holder of every row, whatever the scope', () => {
    const linked = (id: string, to: string, kind: 'subsidiary' | 'fund' | 'founder-affiliated') =>
      party({ party: id, affiliations: [{ to, kind }] });
    const holding = (holder: string) =>
      stake({ transactionId: holder, company: `${holder}-co`, holder, ownership: '0.1' });
    const told = [
      linked('ann-fund', 'ann', 'fund'),
      linked('fund-two', 'ann-fund', 'subsidiary'),
      linked('founder', 'ann-fund', 'founder-affiliated'),
      linked('sister', 'founder', 'subsidiary'),
      ...['ann', 'ann-fund', 'fund-two', 'founder', 'sister'].map(holding),
    ];
    const holders = (scope: 'own' | 'group' | 'affiliates') =>
      rows(told, { scope }).map(({ holder }) => holder);
    expect(holders('own')).toEqual(['ann']);
    expect(holders('group')).toEqual(['ann', 'ann-fund', 'fund-two']);
    expect(holders('affiliates')).toEqual(['ann', 'ann-fund', 'founder', 'fund-two']);
  });
});
