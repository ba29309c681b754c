import { z } from 'zod';
import { eventReference } from '../reference.ts';
import { someText } from '../text.ts';
import { Versions } from '../versions.ts';

const schema = z.object(
  {
    retracts: eventReference,
    reason: someText,
    supersedes: eventReference.exactOptional(),
  },
  { error: 'the data of entry-retracted, an object' },
);

/** An error in the record; itself retractable. A rescinded deal is a stake-changed instead. */
export const entryRetracted = Versions.first({ schema, conditions: [] });
