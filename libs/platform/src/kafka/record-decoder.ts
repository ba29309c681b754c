import { createRequire } from 'node:module';
import kafkajs from 'kafkajs';
import { Cursor } from './cursor.ts';
import type { KafkaRecord } from './kafka-record.ts';
import { decodeBatches } from './record-batches.ts';

/**
 * Replaces how KafkaJS reads the answer to a fetch; once a process, for every consumer in it. Made
 * for 2.2.4, whose own decoder
 * - keeps headers in an object: their order, `__proto__` and how repeated names interleave are lost,
 *   and each header copies all before it;
 * - spreads a batch's records into one call, and overflows the stack at about 120,000 of them;
 * - lets records of aborted transactions through: where two aborted transactions began before the
 *   first record fetched, only one is known by then, and a data record whose key is four zero bytes
 *   passes for the end of either.
 *
 * Messages are then `KafkaRecord`s. Kafka 2.3 or newer is needed: only the newest form of the answer
 * that KafkaJS can ask for is read.
 */
export function installRecordDecoder(): void {
  const require = createRequire(import.meta.url);
  const fetch = require('kafkajs/src/protocol/requests/fetch') as FetchDefinitions;
  if (fetch.versions.length === 1) return;
  const original = fetch.protocol({ version: FETCH_VERSION });
  fetch.versions = [String(FETCH_VERSION)];
  fetch.protocol = ({ version }) => {
    if (version !== FETCH_VERSION) {
      throw new kafkajs.KafkaJSNonRetriableError('Kafka 2.3 or newer is needed.');
    }
    return (options) => {
      const definition = original(options);
      return { ...definition, response: { ...definition.response, decode: decodeFetch } };
    };
  };
}

const FETCH_VERSION = 11;

interface FetchDefinitions {
  versions: string[];
  protocol: (asked: { version: number }) => (options: unknown) => { response: object };
}

interface FetchedPartition {
  readonly partition: number;
  readonly errorCode: number;
  readonly highWatermark: string;
  readonly lastStableOffset: string;
  readonly lastStartOffset: string;
  /** Always empty: what was aborted is marked already, by rules KafkaJS's own filter breaks. */
  readonly abortedTransactions: readonly never[];
  readonly preferredReadReplica: number;
  readonly messages: readonly KafkaRecord[];
}

/** https://kafka.apache.org/protocol#The_Messages_Fetch, answer version 11 */
async function decodeFetch(bytes: Buffer): Promise<object> {
  const cursor = new Cursor(bytes);
  const clientSideThrottleTime = cursor.int32();
  const errorCode = cursor.int16();
  const sessionId = cursor.int32();
  const topics = cursor.list(() => ({
    topicName: cursor.string(),
    partitions: cursor.list(decodePartition),
  }));
  const responses = [];
  for (const { topicName, partitions } of topics) {
    responses.push({ topicName, partitions: await Promise.all(partitions) });
  }
  return { throttleTime: 0, clientSideThrottleTime, errorCode, sessionId, responses };
}

async function decodePartition(cursor: Cursor): Promise<FetchedPartition> {
  const partition = cursor.int32();
  const errorCode = cursor.int16();
  const highWatermark = String(cursor.int64());
  const lastStableOffset = String(cursor.int64());
  const lastStartOffset = String(cursor.int64());
  const aborted = cursor.list(() => ({
    producerId: cursor.int64(),
    firstOffset: cursor.int64(),
  }));
  const preferredReadReplica = cursor.int32();
  const length = cursor.int32();
  const batches = cursor.take(Math.max(length, 0));
  return {
    partition,
    errorCode,
    highWatermark,
    lastStableOffset,
    lastStartOffset,
    abortedTransactions: [],
    preferredReadReplica,
    messages: await decodeBatches(batches, aborted),
  };
}
