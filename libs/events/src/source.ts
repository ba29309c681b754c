import { z } from 'zod';
import { partialDate } from './partial-date.ts';
import { freeText, listOf, oneOf } from './text.ts';

/** Who published what a claim rests on, and how surely it knows. */
export const source = z.object(
  {
    publisher: freeText,
    url: freeText.exactOptional(),
    publishedOn: partialDate.exactOptional(),
    basis: oneOf('filing', 'official', 'reported', 'rumoured'),
  },
  { error: 'a source {publisher, url?, publishedOn?, basis}' },
);
export type Source = z.infer<typeof source>;

/** Empty or absent counts as reported (docs/rules.md#b4). */
export const sources = listOf(source, 'sources');
