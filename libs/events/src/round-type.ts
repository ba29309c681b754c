import type { z } from 'zod';
import { oneOf } from './text.ts';

/** The field's own list of round types; the announced wording stays in `label`. */
export const roundType = oneOf(
  'pre_seed',
  'seed',
  'angel',
  'series_a',
  'series_b',
  'series_c',
  'series_d',
  'series_e',
  'series_f',
  'series_g',
  'series_h',
  'series_i',
  'series_j',
  'series_unknown',
  'corporate_round',
  'convertible_note',
  'debt_financing',
  'grant',
  'private_equity',
  'secondary_market',
  'post_ipo_equity',
  'post_ipo_debt',
  'post_ipo_secondary',
  'undisclosed',
);
export type RoundType = z.infer<typeof roundType>;
