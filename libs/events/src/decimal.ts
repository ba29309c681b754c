import { z } from 'zod';
import { textOf } from './text.ts';

/** An exact number ≥ 0 as text, at most 28 integer digits and 10 decimals. */
export type Decimal = string;

/** What every expectation of a Decimal begins with: a number in its place has a code of its own. */
export const DECIMAL_EXPECTED = 'a decimal string';

export const decimal = textOf(
  /^[0-9]{1,28}(?:\.[0-9]{1,10})?$/,
  `${DECIMAL_EXPECTED} such as "1500000.00", not negative, at most 28 digits before the point and 10 after`,
);

/** A Decimal that is not zero: rates, the parts of a ratio, shares outstanding. */
export const positiveDecimal = textOf(
  /^(?=[0.]*[1-9])[0-9]{1,28}(?:\.[0-9]{1,10})?$/,
  `${DECIMAL_EXPECTED} above zero such as "7.1", at most 28 digits before the point and 10 after`,
);

/** A Decimal in [0, 1]: ownership, or a portion of a price. */
export const fraction = textOf(
  /^(?:0{1,28}(?:\.[0-9]{1,10})?|0{0,27}1(?:\.0{1,10})?)$/,
  `${DECIMAL_EXPECTED} from "0" to "1" such as "0.36", at most 10 digits after the point`,
);

/** n : d, both above zero. */
export const ratio = z.object(
  { numerator: positiveDecimal, denominator: positiveDecimal },
  { error: 'a ratio {numerator, denominator}' },
);
export type Ratio = z.infer<typeof ratio>;
