import type { Conversion, Participant, RoundKind, Said, StakeKind } from './claims.ts';
import type { Dice } from './dice.ts';
import { amount, money, part, party, price, qualifier, shares } from './vocabulary.ts';
import { sharesOutstanding, stockClass } from './vocabulary.ts';
import type { World } from './vocabulary.ts';

export function dealAnnounced(dice: Dice, world: World): Said {
  return {
    dealId: dice.pick(world.deals),
    company: dice.pick(world.companies),
    kind: dice.pick(['funding-round', 'funding-round', 'acquisition', 'secondary', 'convertible']),
    stage: dice.pick([
      'considered',
      'in-talks',
      'advanced',
      'signed',
      'signed',
      'dropped',
    ] as const),
    announcedOn: dice.pick(world.dates),
    ...dice.maybe(30, 'label', () => dice.pick(['A', 'B'])),
    ...dice.maybe(60, 'amount', () => money(dice, world)),
    ...dice.maybe(20, 'preMoney', () => money(dice, world)),
    ...dice.maybe(30, 'postMoney', () => money(dice, world)),
    participants: Array.from({ length: dice.below(3) }, () => ({
      investor: party(dice, world),
      ...dice.maybe(50, 'amount', () => money(dice, world)),
      ...dice.maybe(30, 'role', () => dice.pick(['lead', 'participant'] as const)),
      ...dice.maybe(20, 'consideration', () => price(dice, world)),
    })),
    ...dice.maybe(20, 'computeCommitments', () => [commitment(dice, world)]),
  };
}

const commitment = (dice: Dice, world: World) => ({
  provider: dice.pick(world.holders),
  ...dice.maybe(60, 'amount', () => money(dice, world)),
  ...dice.maybe(40, 'years', () => dice.pick(['4', '2.5'])),
});

const ROUND_KINDS: Record<RoundKind, number> = {
  ...{ equity: 60, secondary: 14, convertible: 10, acquisition: 8, debt: 2, grant: 1 },
};

export function roundClosed(dice: Dice, world: World): Said {
  const kind = dice.weighed(ROUND_KINDS);
  const participants = Array.from({ length: dice.below(4) }, () => participant(dice, world));
  return {
    roundId: dice.pick(world.rounds),
    ...dice.maybe(20, 'tranche', () => 1 + dice.below(2)),
    ...dice.maybe(25, 'dealId', () => dice.pick(world.deals)),
    company: dice.pick(world.companies),
    kind,
    closedOn: dice.pick(world.dates),
    ...dice.maybe(10, 'sequence', () => dice.pick([-1, 1, 2])),
    ...dice.maybe(15, 'label', () => dice.pick(['A', 'B'])),
    ...moneyOfRound(dice, world),
    ...dice.maybe(world.mood === 'parts' ? 15 : 45, 'stockClass', () => stockClass(dice)),
    ...sharesOfRound(dice, world),
    participants,
    ...dice.maybe(30, 'participantsComplete', () => dice.percent(85)),
    ...dice.maybe(kind === 'equity' ? 15 : 5, 'conversions', () => conversions(dice, world)),
    ...dice.maybe(8, 'computeCommitments', () => [commitment(dice, world)]),
  };
}

/** Amounts that mostly fit each other: an amount and a valuation some times of it. */
function moneyOfRound(dice: Dice, world: World): Said {
  const raised = money(dice, world);
  const multiple = dice.pick(['2', '25', '4', '5', '10', '1', '3']);
  const valuation = {
    amount: dice.percent(85) ? times(raised.amount, multiple) : amount(dice, world),
    currency: dice.percent(70) ? raised.currency : dice.pick(world.currencies),
    ...dice.maybe(20, 'qualifier', () => qualifier(dice)),
  };
  return {
    ...dice.maybe(70, 'amount', () => raised),
    ...dice.maybe(45, 'postMoney', () => valuation),
    ...dice.maybe(20, 'preMoney', () => valuation),
  };
}

/** `amount` × a whole number; as it stands where that would be no Decimal any more. */
function times(amount: string, by: string): string {
  const [whole = '0', decimals = ''] = amount.split('.');
  const digits = String(BigInt(whole + decimals) * BigInt(by)).padStart(decimals.length + 1, '0');
  const at = digits.length - decimals.length;
  if (at > 28) return amount;
  return decimals === '' ? digits : `${digits.slice(0, at)}.${digits.slice(at)}`;
}

function sharesOfRound(dice: Dice, world: World): Said {
  const often = world.mood === 'parts' ? 5 : 55;
  return {
    ...dice.maybe(often, 'sharesIssued', () => shares(dice, world)),
    ...dice.maybe(often / 3, 'pricePerShare', () => money(dice, world)),
  };
}

function participant(dice: Dice, world: World): Participant {
  const { mood } = world;
  return {
    investor: party(dice, world),
    ...dice.maybe(25, 'role', () => dice.pick(['lead', 'participant'] as const)),
    ...dice.maybe(45, 'amount', () => money(dice, world)),
    ...dice.maybe(mood === 'parts' ? 5 : 35, 'shares', () => shares(dice, world)),
    ...dice.maybe(mood === 'shares' ? 10 : 25, 'ownership', () => part(dice, world)),
    ...dice.maybe(10, 'sharesQualifier', () => qualifier(dice)),
    ...dice.maybe(10, 'ownershipQualifier', () => qualifier(dice)),
    ...dice.maybe(12, 'consideration', () => price(dice, world)),
  };
}

const conversions = (dice: Dice, world: World): Conversion[] =>
  Array.from({ length: 1 + dice.below(2) }, () => ({
    holder: party(dice, world),
    fromRoundId: dice.pick(world.rounds),
    ...dice.maybe(world.mood === 'parts' ? 20 : 60, 'shares', () => shares(dice, world)),
    ...dice.maybe(60, 'ownership', () => part(dice, world)),
    ...dice.maybe(10, 'ownershipQualifier', () => qualifier(dice)),
  }));

const STAKE_KINDS: Record<StakeKind, number> = {
  ...{ issuance: 22, transfer: 18, repurchase: 8, cancellation: 6, conversion: 5 },
  ...{ exercise: 6, split: 8, disclosure: 30, exit: 7 },
};

export function stakeChanged(dice: Dice, world: World, only?: StakeKind): Said {
  const kind = only ?? dice.weighed(STAKE_KINDS);
  const needsClass = kind === 'exercise' || kind === 'conversion';
  const classy = needsClass ? 100 : world.mood === 'parts' ? 10 : 40;
  return {
    transactionId: dice.pick(world.transactions),
    company: dice.pick(world.companies),
    kind,
    ...(kind !== 'split' && { holder: party(dice, world) }),
    effectiveOn: dice.pick(world.dates),
    ...dice.maybe(10, 'sequence', () => dice.pick([-1, 1, 2])),
    ...dice.maybe(classy, 'stockClass', () => stockClass(dice)),
    ...figureOfStake(dice, world, kind),
    ...dice.maybe(kind === 'transfer' || kind === 'exit' ? 60 : 5, 'counterparty', () =>
      party(dice, world),
    ),
    ...dice.maybe(needsClass ? 75 : 3, 'toStockClass', () => stockClass(dice)),
    ...dice.maybe(needsClass ? 35 : 3, 'toShares', () => shares(dice, world)),
    ...dice.maybe(kind === 'split' ? 92 : 3, 'ratio', () => ratio(dice, world)),
    ...dice.maybe(20, 'consideration', () => price(dice, world)),
    ...dice.maybe(kind === 'disclosure' ? 35 : 8, 'comparedWith', () => [
      { holder: party(dice, world), relation: dice.pick(['more', 'less', 'equal'] as const) },
    ]),
  };
}

/** Kinds that now and then state nothing but a part: all of it, where units go back to the issuer. */
const ALONE: { readonly [K in StakeKind]?: (dice: Dice, world: World) => string } = {
  repurchase: () => '1',
  cancellation: () => '1',
  disclosure: part,
};

function figureOfStake(dice: Dice, world: World, kind: StakeKind): Said {
  const { mood } = world;
  const alone = ALONE[kind];
  if (alone !== undefined && dice.percent(15)) return { ownership: alone(dice, world) };
  const inShares = mood === 'parts' ? 12 : mood === 'both' ? 50 : 75;
  const opening = kind === 'issuance' && mood === 'parts' ? 2 : inShares;
  return {
    ...dice.maybe(opening, 'shares', () => shares(dice, world)),
    ...dice.maybe(mood === 'shares' ? 12 : 60, 'ownership', () => part(dice, world)),
    ...dice.maybe(mood === 'shares' ? 5 : 25, 'sharesOutstanding', () => sharesOutstanding(dice)),
    ...dice.maybe(15, 'ownershipQualifier', () => qualifier(dice)),
    ...dice.maybe(15, 'sharesQualifier', () => qualifier(dice)),
    ...dice.maybe(15, 'ownershipBasis', () => dice.pick(['outstanding', 'fully-diluted'] as const)),
  };
}

const ratio = (dice: Dice, { edge }: World) =>
  dice.percent(edge + 5)
    ? { numerator: `1${'0'.repeat(27)}`, denominator: '0.0000000001' }
    : dice.pick([
        { numerator: '2', denominator: '1' },
        { numerator: '1', denominator: '3' },
        { numerator: '3', denominator: '2' },
        { numerator: '1', denominator: '7.5' },
      ]);
