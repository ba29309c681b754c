import type { Claim, ClaimType, DataOf } from '#libs/events';
import type { Entry } from '#libs/fold';
import fc from 'fast-check';

// Claims of every type about few things, so that they compete, retract and join one another.

const COMPANIES = ['acme', 'brook', 'cove'];
const HOLDERS = ['ann', 'bo', 'cy', 'undisclosed'];
const PARTIES = [...COMPANIES, 'ann', 'bo', 'cy'];
const CURRENCIES = ['USD', 'CNY', 'EUR'];
const PUBLISHERS = ['desk', 'crm'];
const CLASSES = ['common', 'preferred-a', 'option-pool'];
const ROUNDS = ['seed', 'a', 'b'];
const DEALS = ['deal-1', 'deal-2'];
const DATES = [
  ['2023', '2023~', '2023-40', '2023-35', '2024'],
  ['2023-03', '2023-09', '2023-09~', '2023-10'],
  ['2023-03-01', '2023-09-01', '2023-09-15', '2023-09-15~', '2023-10-02', '2024-01-01'],
].flat();
const DAYS = ['2023-02-01', '2023-09-01', '2023-09-20', '2024-02-01'];
const FORMS = ['cash', 'compute-credits', 'stock', 'other', 'unknown'] as const;

const of = <T>(words: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...words);

const company = of(COMPANIES);
const party = of(PARTIES);
const holder = of(HOLDERS);
const date = of(DATES);
const shares = of(['100', '250.5', '1000']);
const part = of(['0.1', '0.10', '0.25', '0.4']);
const qualifier = of(['exact', 'about', 'over', 'under'] as const);
const money = fc.record(
  { amount: of(['1000', '1000.0', '2500', '40']), currency: of(CURRENCIES), qualifier },
  { requiredKeys: ['amount', 'currency'] },
);
const consideration = fc.array(
  fc.record(
    { form: of(FORMS), amount: money, portion: part, qualifier },
    { requiredKeys: ['form'] },
  ),
  { maxLength: 2 },
);
const holding = {
  shares,
  sharesQualifier: qualifier,
  ownership: part,
  ownershipQualifier: qualifier,
};
const sources = fc.array(
  fc.record({
    publisher: of(['Press', 'Court']),
    basis: of(['filing', 'official', 'reported', 'rumoured'] as const),
  }),
  { maxLength: 2 },
);
const computeCommitments = fc.array(
  fc.record(
    { provider: party, amount: money, years: of(['4', '4.0']), note: of(['x', 'y']) },
    { requiredKeys: ['provider'] },
  ),
  { maxLength: 1 },
);

type Told<T extends ClaimType> = fc.Arbitrary<DataOf<T>>;

const deal: Told<'deal-announced'> = fc.record(
  {
    dealId: of(DEALS),
    company,
    kind: of(['funding-round', 'acquisition', 'secondary', 'convertible'] as const),
    stage: of(['considered', 'in-talks', 'advanced', 'signed', 'dropped'] as const),
    announcedOn: date,
    label: of(['a label', 'another']),
    amount: money,
    postMoney: money,
    participants: fc.array(
      fc.record({ investor: holder, amount: money, consideration }, { requiredKeys: ['investor'] }),
      { maxLength: 2 },
    ),
    computeCommitments,
    sources,
  },
  { requiredKeys: ['dealId', 'company', 'kind', 'stage', 'announcedOn'] },
);

const round: Told<'round-closed'> = fc.record(
  {
    roundId: of(ROUNDS),
    tranche: of([1, 2, 10]),
    dealId: of(DEALS),
    company: fc.oneof({ weight: 5, arbitrary: fc.constant('acme') }, company),
    kind: fc.oneof(
      { weight: 3, arbitrary: fc.constant('equity' as const) },
      of(['equity', 'secondary', 'convertible', 'acquisition', 'debt', 'grant'] as const),
    ),
    closedOn: date,
    sequence: of([0, 1, 2]),
    amount: money,
    preMoney: money,
    postMoney: money,
    stockClass: of(CLASSES),
    pricePerShare: money,
    sharesIssued: shares,
    participants: fc.array(
      fc.record(
        {
          investor: holder,
          role: of(['lead', 'participant'] as const),
          amount: money,
          ...holding,
          consideration,
        },
        { requiredKeys: ['investor'] },
      ),
      { maxLength: 3 },
    ),
    participantsComplete: fc.boolean(),
    conversions: fc.array(
      fc.record(
        { holder, fromRoundId: of(ROUNDS), ...holding },
        { requiredKeys: ['holder', 'fromRoundId'] },
      ),
      { maxLength: 1 },
    ),
    computeCommitments,
    sources,
  },
  { requiredKeys: ['roundId', 'company', 'kind', 'closedOn'] },
);

const stake: Told<'stake-changed'> = fc
  .record(
    {
      transactionId: of(['t-1', 't-2', 't-3', 't-4']),
      company: fc.oneof({ weight: 5, arbitrary: fc.constant('acme') }, company),
      holder,
      effectiveOn: date,
      sequence: of([0, 1]),
      kind: of([
        'issuance',
        'transfer',
        'repurchase',
        'cancellation',
        'split',
        'disclosure',
        'exit',
        'conversion',
        'exercise',
      ] as const),
      stockClass: of(CLASSES),
      ...holding,
      ownershipBasis: of(['outstanding', 'fully-diluted'] as const),
      sharesOutstanding: of(['1000', '2000']),
      counterparty: holder,
      toStockClass: of(CLASSES),
      toShares: shares,
      ratio: fc.record({ numerator: of(['2', '3']), denominator: of(['1', '1.0']) }),
      consideration,
      comparedWith: fc.array(
        fc.record({ holder, relation: of(['more', 'less', 'equal'] as const) }),
        { maxLength: 1 },
      ),
      sources,
    },
    { requiredKeys: ['transactionId', 'company', 'effectiveOn', 'kind', 'holder'] },
  )
  .map(({ holder: whose, ...rest }) => {
    if (rest.kind === 'split') return rest;
    const needsClass = rest.kind === 'conversion' || rest.kind === 'exercise';
    return {
      ...rest,
      ...(needsClass && { stockClass: rest.stockClass ?? 'common' }),
      holder: whose,
    };
  });

const description: Told<'party-described'> = fc.record(
  {
    party,
    name: of(['A', 'B']),
    roles: fc.uniqueArray(of(['company', 'giant', 'fund'] as const), { maxLength: 2 }),
    foundedOn: date,
    country: of(['CN', 'US']),
    sameAs: fc.oneof({ weight: 3, arbitrary: party }, fc.constant('undisclosed')),
    affiliations: fc.array(
      fc.record(
        { to: party, kind: of(['fund', 'associate'] as const), from: date },
        { requiredKeys: ['to', 'kind'] },
      ),
      { maxLength: 1 },
    ),
    effectiveOn: date,
    sources,
  },
  { requiredKeys: ['party', 'effectiveOn'] },
);

const rate: Told<'fx-rate-published'> = fc.record(
  {
    base: of(CURRENCIES),
    quote: of(CURRENCIES),
    rate: of(['7', '7.0', '0.5', '2']),
    on: of(DAYS),
    sources,
  },
  { requiredKeys: ['base', 'quote', 'rate', 'on'] },
);

const stance: Told<'stance-stated'> = fc.record(
  {
    stanceId: of(['s-1', 's-2']),
    party,
    toward: of([...PARTIES, 'sector:models']),
    stance: of(['investing', 'cautious'] as const),
    effectiveOn: date,
    why: of(['because', 'why not']),
    sources,
  },
  { requiredKeys: ['stanceId', 'party', 'toward', 'stance', 'effectiveOn'] },
);

const figure: Told<'figure-stated'> = fc
  .record(
    {
      figureId: of(['f-1', 'f-2']),
      subject: of([...COMPANIES, 'sector:models']),
      metric: of(['valuation', 'raised', 'cash'] as const),
      on: date,
      amount: money,
      range: fc.record({ low: part, high: part }),
      sources,
    },
    { requiredKeys: ['figureId', 'subject', 'metric', 'on'] },
  )
  .map(({ range, ...rest }) => ({ ...rest, ...range }));

/** An entry somewhere in the stream, from either publisher; it may not exist. */
const reference = (count: number): fc.Arbitrary<{ source: string; id: string }> =>
  fc.record({
    source: of(PUBLISHERS),
    id: fc.integer({ min: 1, max: count }).map((n) => `e-${n}`),
  });

const retraction = (count: number): Told<'entry-retracted'> =>
  fc.record({ retracts: reference(count), reason: fc.constant('a mistake') });

interface Weights {
  readonly retractions?: number;
  readonly descriptions?: number;
}

type Said = { [T in ClaimType]: { readonly type: T; readonly data: DataOf<T> } }[ClaimType];

const said = (
  count: number,
  { retractions = 2, descriptions = 2 }: Weights,
): fc.Arbitrary<Said> => {
  const told = <T extends ClaimType>(type: T, weight: number, data: Told<T>) => ({
    weight,
    arbitrary: data.map((value) => ({ type, data: value }) as unknown as Said),
  });
  return fc.oneof(
    told('round-closed', 5, round),
    told('stake-changed', 6, stake),
    told('deal-announced', 2, deal),
    told('party-described', descriptions, description),
    told('fx-rate-published', 2, rate),
    told('stance-stated', 1, stance),
    told('figure-stated', 1, figure),
    told('entry-retracted', retractions, retraction(count)),
  );
};

/** Up to `count` entries, positions ascending from 1; some supersede others. */
export const anyEntries = (count = 16, weights: Weights = {}): fc.Arbitrary<Entry[]> => {
  const superseding = fc.option(reference(count), { freq: 8, nil: undefined });
  return fc
    .array(fc.tuple(of(PUBLISHERS), said(count, weights), superseding), {
      minLength: count >> 1,
      maxLength: count,
      size: 'max',
    })
    .map((tellings) =>
      tellings.map(([source, { type, data }, supersedes], index) => ({
        position: index + 1,
        claim: {
          type,
          source,
          id: `e-${index + 1}`,
          version: 1,
          time: null,
          data: supersedes === undefined ? data : { ...data, supersedes },
        } as Claim,
      })),
    );
};

/** Every company and party that the entries may be about. */
export const ANY_COMPANIES: readonly string[] = PARTIES;
