import { ConfigurationError } from '#libs/platform';
import type { WantedTopic } from '#libs/platform';
import type { Destination } from './batches.ts';

/**
 * Where the events of a file go.
 *
 * @throws ConfigurationError where the history has no topic.
 */
export function destinationOf(
  { inOrder, topic }: { inOrder?: boolean; topic?: string },
  topics: readonly string[],
): Destination {
  if (inOrder !== true) return { topics: topic === undefined ? topics : [topic] };
  const history = topic ?? topics.find((name) => /(^|\.)history$/.test(name));
  if (history !== undefined) return { topic: history, partition: 0 };
  const expected = 'a topic called history or ending in .history, or name one with --topic';
  throw new ConfigurationError([{ variable: 'KAFKA_TOPICS', expected }]);
}

/** The topics that must be there, and how many partitions a missing one gets. */
export function topicsOf(destination: Destination): WantedTopic[] {
  if ('partition' in destination) return [{ topic: destination.topic, partitions: 1 }];
  return destination.topics.map((topic) => ({ topic }));
}
