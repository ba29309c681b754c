import type { Claim, ClaimType, Said } from './claims.ts';
import type { Dice } from './dice.ts';
import { dealAnnounced, roundClosed, stakeChanged } from './telling-deals.ts';
import { money, part, party, sources, stockClass } from './vocabulary.ts';
import type { World } from './vocabulary.ts';

function partyDescribed(dice: Dice, world: World): Said {
  const { companies, holders } = world;
  const described = dice.percent(35) ? dice.pick(companies) : party(dice, world);
  const same = companies.includes(described) ? companies : holders;
  return {
    party: described,
    effectiveOn: dice.pick(world.dates),
    ...dice.maybe(50, 'name', () => dice.pick(['Acme', 'Acme Inc.', 'Ann'])),
    ...dice.maybe(20, 'foundedOn', () => dice.pick(['2019', '2020-03', '2020-03-05'])),
    ...dice.maybe(20, 'country', () => dice.pick(['CN', 'US'])),
    ...dice.maybe(20, 'roles', () => [dice.pick(['company', 'giant', 'fund', 'person'])]),
    ...dice.maybe(20, 'sectors', () => [dice.pick(['large-model', 'cloud'])]),
    ...dice.maybe(35, 'sameAs', () => (dice.percent(6) ? 'undisclosed' : dice.pick(same))),
    ...dice.maybe(20, 'affiliations', () => [
      {
        to: party(dice, world),
        kind: dice.pick(['subsidiary', 'fund', 'associate', 'founder-affiliated'] as const),
        ...dice.maybe(40, 'from', () => dice.pick(world.dates)),
        ...dice.maybe(30, 'until', () => dice.pick(world.dates)),
      },
    ]),
  };
}

function fxRatePublished(dice: Dice): Said {
  const [base, quote, rates] = dice.pick([
    ['USD', 'CNY', ['7.3', '7.2', '7.0827']],
    ['CNY', 'USD', ['0.14', '0.1388888889']],
    ['EUR', 'USD', ['1.1', '1.0852']],
    ['EUR', 'CNY', ['7.8']],
  ] as const);
  const on = dice.pick(['2022-12-30', '2022-12-30', '2023-02-14', '2023-06-30', '2024-02-20']);
  return { base, quote, rate: dice.pick(rates), on };
}

function stanceStated(dice: Dice, world: World): Said {
  return {
    stanceId: dice.pick(['s1', 's2']),
    party: party(dice, world),
    toward: dice.pick(['sector:large-model', ...world.companies]),
    stance: dice.pick(['investing', 'cautious', 'not-investing', 'reassessing']),
    effectiveOn: dice.pick(world.dates),
  };
}

function figureStated(dice: Dice, world: World): Said {
  const metric = dice.pick([
    'valuation',
    'valuation',
    'raised',
    'cash',
    'rank',
    'months-to-amount',
  ]);
  return {
    figureId: dice.pick(['f1', 'f2', 'f3']),
    subject: dice.pick(['sector:large-model', ...world.companies, ...world.companies]),
    metric,
    on: dice.pick(world.dates),
    ...dice.maybe(80, 'amount', () => money(dice, world)),
    ...dice.maybe(20, 'value', () => dice.pick(['1', '48'])),
    ...(dice.percent(10) && { low: part(dice, world), high: '0.9' }),
  };
}

/** A name for an event that the stream may hold. */
export type Identity = () => { source: string; id: string };

const TYPES: Record<ClaimType, number> = {
  ...{ 'round-closed': 34, 'stake-changed': 38, 'deal-announced': 4, 'party-described': 8 },
  ...{ 'fx-rate-published': 5, 'stance-stated': 1, 'figure-stated': 3, 'entry-retracted': 7 },
};

type TypeAndData = Pick<Claim, 'type' | 'data'>;

/** What one claim of a stream says. */
export function tell(dice: Dice, world: World, existing: Identity): TypeAndData {
  const type = dice.weighed(TYPES);
  const data = dataOf(dice, world, { type, existing });
  const supersedes = dice.percent(7) ? { supersedes: existing() } : {};
  return { type, data: { ...data, ...sources(dice), ...supersedes } };
}

function dataOf(
  dice: Dice,
  world: World,
  { type, existing }: { readonly type: ClaimType; readonly existing: Identity },
): Said {
  switch (type) {
    case 'deal-announced':
      return dealAnnounced(dice, world);
    case 'round-closed':
      return roundClosed(dice, world);
    case 'stake-changed':
      return stakeChanged(dice, world);
    case 'party-described':
      return partyDescribed(dice, world);
    case 'fx-rate-published':
      return fxRatePublished(dice);
    case 'stance-stated':
      return stanceStated(dice, world);
    case 'figure-stated':
      return figureStated(dice, world);
    case 'entry-retracted':
      return { retracts: existing(), reason: 'an error in the record' };
  }
}

/** An issuance that opens a share register, dated before everything else. */
export function opening(dice: Dice, world: World): TypeAndData {
  const data: Said = {
    transactionId: dice.pick(['o1', 'o2', 'o3']),
    company: dice.pick(world.companies),
    kind: 'issuance',
    holder: party(dice, world),
    effectiveOn: '2022-11-30',
    shares: dice.pick(['1000', '10000', '600000']),
    ...dice.maybe(60, 'stockClass', () => stockClass(dice)),
    ...sources(dice),
  };
  return { type: 'stake-changed', data };
}
