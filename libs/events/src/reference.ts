import { z } from 'zod';
import { SOME_PRINTABLE, identifier, textOf } from './text.ts';
import { utf8Length } from './utf8.ts';

/** So that source and id together fit a key of a database index. For a URI, bytes are characters. */
const SOURCE_BYTES_MAX = 1_000;

export const EVENT_SOURCE = `a URI reference such as "news-desk": printable, 1 to ${SOURCE_BYTES_MAX} characters (bytes of UTF-8)`;

/** Who publishes. Lone surrogates are for the caller to refuse. */
export const isEventSource = (text: string): boolean =>
  SOME_PRINTABLE.test(text) && utf8Length(text) <= SOURCE_BYTES_MAX;

/** The envelope's `source`. CloudEvents asks for a URI reference; other printable text passes. */
export const eventSource = textOf(SOME_PRINTABLE, EVENT_SOURCE)
  .refine(isEventSource, { error: EVENT_SOURCE })
  .meta({ maxLength: SOURCE_BYTES_MAX });

/** Names one event by its identity. */
export const eventReference = z.object(
  { source: eventSource, id: identifier },
  { error: 'an event {source, id}' },
);
export type EventReference = z.infer<typeof eventReference>;
