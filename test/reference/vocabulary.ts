import type { Money, Part, Qualifier, Source } from './claims.ts';
import type { Dice } from './dice.ts';

/** The few names and days a stream is told in: few, so that claims collide and compete. */
export interface World {
  readonly companies: readonly string[];
  readonly holders: readonly string[];
  readonly rounds: readonly string[];
  readonly transactions: readonly string[];
  readonly deals: readonly string[];
  readonly dates: readonly string[];
  readonly currencies: readonly string[];
  /** How a stream is told: mostly of parts and money, mostly of shares, or both. */
  readonly mood: 'parts' | 'shares' | 'both';
  /** How often figures are huge, zero or otherwise at the edge, in a hundred. */
  readonly edge: number;
}

const DATES = [
  ...['2023-01-10', '2023-02-14~', '2023-02', '2023-03-01', '2023-33', '2023-40', '2023'],
  ...['2023-05-17', '2023-05', '2023-06-30', '2023-06~', '2023-10', '2023-10-17', '2023-10-18'],
  ...[
    '2024-02-20',
    '2024-02-20',
    '2024-02',
    '2024-02~',
    '2024-03-22',
    '2024',
    '2024-33',
    '2024-05',
  ],
];

const numbered = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`);

export function world(dice: Dice, prefix = ''): World {
  return {
    companies: [`${prefix}acme`, ...(dice.percent(40) ? [`${prefix}bolt`] : [])],
    holders: ['ann', 'bo', 'cy', 'di'].map((name) => prefix + name),
    rounds: numbered(`${prefix}r`, 2 + dice.below(4)),
    transactions: numbered(`${prefix}t`, 4 + dice.below(9)),
    deals: numbered(`${prefix}d`, 1 + dice.below(2)),
    dates: Array.from({ length: 3 + dice.below(6) }, () => dice.pick(DATES)),
    currencies: dice.pick([['USD'], ['USD', 'USD', 'CNY'], ['USD', 'CNY', 'EUR']]),
    mood: dice.pick(['parts', 'parts', 'shares', 'shares', 'both'] as const),
    edge: dice.pick([0, 0, 5, 40]),
  };
}

export const qualifier = (dice: Dice): Qualifier =>
  dice.pick(['exact', 'about', 'over', 'under'] as const);

/** A holder, and now and then the account of the unknown. */
export const party = (dice: Dice, { holders }: World): string =>
  dice.percent(6) ? 'undisclosed' : dice.pick(holders);

export const CLASSES = [
  'common',
  'preferred-a',
  'preferred-b',
  'options-2023',
  'warrant-x',
  'plan',
];

export function stockClass(dice: Dice): string {
  return dice.percent(70) ? dice.pick(CLASSES.slice(0, 2)) : dice.pick(CLASSES);
}

const HUGE = `${'9'.repeat(28)}.9999999999`;

const AMOUNTS = [
  ...['1000000', '1000000', '2000000', '2500000', '5000000', '10000000', '333333.3333333333'],
  ...['8000000', '20000000', '1000000.0000000001', '750000.5'],
];
const EDGE_AMOUNTS = ['0', '0.0000000001', HUGE, `${'9'.repeat(27)}8`, '1'];

export const amount = (dice: Dice, { edge }: World): string =>
  dice.pick(dice.percent(edge) ? EDGE_AMOUNTS : AMOUNTS);

export function money(dice: Dice, world: World): Money {
  return {
    amount: amount(dice, world),
    currency: dice.pick(world.currencies),
    ...dice.maybe(25, 'qualifier', () => qualifier(dice)),
  };
}

const PARTS = [
  ...['0.05', '0.1', '0.1', '0.1', '0.2', '0.25', '0.123456789', '0.3333333333', '0.4', '0.15'],
  ...['0.0004', '0.6'],
];
const EDGE_PARTS = ['0', '1', '1.0', '0.9999999999', '0.0000000001', '0.5'];

export const part = (dice: Dice, { edge }: World): string =>
  dice.pick(dice.percent(edge + 3) ? EDGE_PARTS : PARTS);

const SHARES = [
  ...['100', '100', '250', '1000', '1000', '2500', '4000', '10000', '333.3333333333', '50.5'],
];
const EDGE_SHARES = ['0', '0.0000000001', HUGE, '1', '1000000'];

export const shares = (dice: Dice, { edge }: World): string =>
  dice.pick(dice.percent(edge) ? EDGE_SHARES : SHARES);

export const sharesOutstanding = (dice: Dice): string =>
  dice.pick(['10000', '10000', '20000', '5000', '1000', '99999.99']);

export function sources(dice: Dice): { sources?: readonly Source[] } {
  if (dice.percent(15)) return {};
  const count = dice.weighed({ '0': 5, '1': 80, '2': 15 });
  return {
    sources: Array.from({ length: Number(count) }, () => ({
      publisher: dice.pick(['Press', 'Exchange', 'Registry']),
      basis: dice.pick(['filing', 'official', 'reported', 'reported', 'rumoured'] as const),
    })),
  };
}

/** One or two forms of a price. */
export function price(dice: Dice, world: World): Part[] {
  return Array.from({ length: 1 + dice.below(2) }, () => ({
    form: dice.pick(['cash', 'compute-credits', 'stock', 'other', 'unknown'] as const),
    ...dice.maybe(70, 'amount', () => money(dice, world)),
    ...dice.maybe(20, 'portion', () => part(dice, world)),
    ...dice.maybe(20, 'qualifier', () => qualifier(dice)),
  }));
}
