import { z } from 'zod';
import { currency } from '../currency.ts';
import { positiveDecimal } from '../decimal.ts';
import { day } from '../partial-date.ts';
import { eventReference } from '../reference.ts';
import { sources } from '../source.ts';
import { Versions } from '../versions.ts';

const schema = z.object(
  {
    base: currency,
    quote: currency,
    rate: positiveDecimal,
    on: day,
    sources,
    supersedes: eventReference.exactOptional(),
  },
  { error: 'the data of fx-rate-published, an object' },
);

/** One unit of `base` costs `rate` units of `quote` on a day. */
export const fxRatePublished = Versions.first({ schema, conditions: [] });
