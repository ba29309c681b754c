import { z } from 'zod';
import { identifier, textOf } from './text.ts';

/**
 * Who publishes an event: a URI reference, which RFC 3986 makes ASCII without spaces. 1,000
 * characters is our limit, so that source and id together fit a key of a database index.
 */
export const eventSource = textOf(
  /^[\u0021-\u007e]{1,1000}$/,
  'a URI reference of 1 to 1,000 ASCII characters without spaces, such as "news-desk"',
);

/** Names one event by its identity. */
export const eventReference = z.object(
  { source: eventSource, id: identifier },
  { error: 'an event {source, id}' },
);
export type EventReference = z.infer<typeof eventReference>;
