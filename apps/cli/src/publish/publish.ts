import type { EventProducer } from '#libs/platform';
import type { BadLine, Batch } from './batches.ts';

/** What became of a file. */
export interface Published {
  readonly events: number;
  readonly bad: number;
  /** True: a bad line ended it before the last line. */
  readonly stopped: boolean;
  /** By topic and partition: the last offset that was written. */
  readonly ends: readonly End[];
}

export interface End {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
}

export interface PublishOptions {
  /** Whether the first bad line ends it; the events before it are published. */
  readonly strict: boolean;
  readonly onBad: (line: BadLine) => void;
  readonly onProgress: (done: { bytes: number; events: number; bad: number }) => void;
}

/**
 * Publishes batch after batch, each once the one before it is stored by Kafka.
 *
 * @throws KafkaJSError; to publish again is harmless, since duplicates are.
 */
export async function publish(
  producer: Pick<EventProducer, 'send'>,
  batches: AsyncIterable<Batch>,
  { strict, onBad, onProgress }: PublishOptions,
): Promise<Published> {
  const ends = new Map<string, End>();
  let [bytes, events, bad] = [0, 0, 0];
  for await (const batch of batches) {
    const [first] = strict ? batch.bad : [];
    const records = batch.records.slice(0, first?.goodBefore);
    const told = first === undefined ? batch.bad : [first];
    for (const end of records.length === 0 ? [] : await producer.send(records)) {
      ends.set(`${end.topic}\t${end.partition}`, end);
    }
    for (const line of told) onBad(line);
    events += records.length;
    bad += told.length;
    bytes += batch.bytes;
    onProgress({ bytes, events, bad });
    if (first !== undefined) return { events, bad, stopped: true, ends: [...ends.values()] };
  }
  return { events, bad, stopped: false, ends: [...ends.values()] };
}
