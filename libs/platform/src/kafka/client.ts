import { readFileSync } from 'node:fs';
import kafkajs from 'kafkajs';
import type { Kafka, KafkaConfig as KafkaJsConfig, LogEntry, RetryOptions } from 'kafkajs';
import type { Logger } from 'pino';
import { ConfigurationError } from '../config.ts';
import { registerCodecs } from './codecs.ts';
import { installRecordDecoder } from './record-decoder.ts';
import type { KafkaConfig } from './settings.ts';

/**
 * A KafkaJS client that reads every codec, keeps headers as they came (its messages are
 * `KafkaRecord`s) and logs through pino.
 *
 * @param retry how long to try before a request is answered with an error; KafkaJS's defaults
 * @throws ConfigurationError where the authorities' file cannot be read.
 */
export function createKafka(config: KafkaConfig, logger: Logger, retry: RetryOptions = {}): Kafka {
  registerCodecs();
  installRecordDecoder();
  return new kafkajs.Kafka({
    clientId: config.KAFKA_CLIENT_ID,
    brokers: config.KAFKA_BROKERS,
    connectionTimeout: 5_000,
    requestTimeout: 30_000,
    retry,
    logLevel: kafkajs.logLevel.INFO,
    logCreator: () => (entry) => {
      log(logger, entry);
    },
    ...tls(config),
    ...login(config),
  });
}

function tls(config: KafkaConfig): Pick<KafkaJsConfig, 'ssl'> {
  if (!config.KAFKA_SSL) return {};
  if (config.KAFKA_SSL_CA_FILE === undefined) return { ssl: true };
  try {
    return { ssl: { ca: [readFileSync(config.KAFKA_SSL_CA_FILE, 'utf8')] } };
  } catch {
    const expected = 'a PEM file that can be read is expected';
    throw new ConfigurationError([{ variable: 'KAFKA_SSL_CA_FILE', expected }]);
  }
}

function login(config: KafkaConfig): Pick<KafkaJsConfig, 'sasl'> {
  const mechanism = config.KAFKA_SASL_MECHANISM;
  if (mechanism === undefined) return {};
  const username = config.KAFKA_SASL_USERNAME ?? '';
  const password = config.KAFKA_SASL_PASSWORD ?? '';
  return { sasl: { mechanism, username, password } as NonNullable<KafkaJsConfig['sasl']> };
}

function log(logger: Logger, { level, namespace, log: line }: LogEntry): void {
  const { message, ...fields } = line;
  const entry = { ...fields, context: `kafkajs ${namespace}` };
  if (level <= kafkajs.logLevel.ERROR) logger.error(entry, message);
  else if (level === kafkajs.logLevel.WARN) logger.warn(entry, message);
  else if (level === kafkajs.logLevel.INFO) logger.info(entry, message);
  else logger.debug(entry, message);
}
