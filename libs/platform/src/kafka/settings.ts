import { z } from 'zod';
import { boolean, list } from '../config.ts';

/** One topic a type by default, and the topic that history is loaded through in one order. */
export const defaultTopics = [
  'deal-ledger.deal-announced',
  'deal-ledger.round-closed',
  'deal-ledger.stake-changed',
  'deal-ledger.party-described',
  'deal-ledger.fx-rate-published',
  'deal-ledger.stance-stated',
  'deal-ledger.figure-stated',
  'deal-ledger.entry-retracted',
  'deal-ledger.history',
];

const topic = z
  .string()
  .regex(/^[a-zA-Z0-9._-]{1,249}$/, 'names of 1 to 249 letters, digits, ".", "_" and "-"');

/** Variables of every app that reads from or writes to Kafka; use with `saslIsComplete`. */
export const kafkaSettings = {
  KAFKA_BROKERS: list(
    z.string().regex(/^[^\s:,]+:\d{1,5}$|^\[[0-9a-fA-F:]+\]:\d{1,5}$/, 'host:port is expected'),
  ).meta({ description: 'Brokers to ask first, `host:port`, separated by commas.' }),
  KAFKA_TOPICS: list(topic)
    .default(defaultTopics)
    .meta({ description: 'Topics that events are read from and published to.' }),
  KAFKA_CLIENT_ID: z
    .string()
    .max(200)
    .default('deal-ledger')
    .meta({ description: 'How the brokers log this client.' }),
  KAFKA_SSL: boolean().default(false).meta({ description: 'Speak TLS to the brokers.' }),
  KAFKA_SSL_CA_FILE: z
    .string()
    .optional()
    .meta({ description: 'PEM file of the authorities to trust instead of the system’s.' }),
  KAFKA_SASL_MECHANISM: z
    .enum(['plain', 'scram-sha-256', 'scram-sha-512'], {
      error: 'plain, scram-sha-256 or scram-sha-512 is expected',
    })
    .optional()
    .meta({ description: '`plain`, `scram-sha-256` or `scram-sha-512`; none: no login.' }),
  KAFKA_SASL_USERNAME: z.string().optional().meta({ description: 'Login at the brokers.' }),
  KAFKA_SASL_PASSWORD: z.string().optional().meta({ description: 'Its password.' }),
};

export interface KafkaConfig {
  readonly KAFKA_BROKERS: string[];
  readonly KAFKA_CLIENT_ID: string;
  readonly KAFKA_SSL: boolean;
  readonly KAFKA_SSL_CA_FILE?: string | undefined;
  readonly KAFKA_SASL_MECHANISM?: 'plain' | 'scram-sha-256' | 'scram-sha-512' | undefined;
  readonly KAFKA_SASL_USERNAME?: string | undefined;
  readonly KAFKA_SASL_PASSWORD?: string | undefined;
}

/** A check for `z.object({ ...kafkaSettings }).check(saslIsComplete)`: a login needs all three. */
export const saslIsComplete = z.superRefine<Record<string, unknown>>(
  (value, context) => {
    const names = ['KAFKA_SASL_MECHANISM', 'KAFKA_SASL_USERNAME', 'KAFKA_SASL_PASSWORD'];
    if (names.every((name) => value[name] === undefined)) return;
    for (const name of names.filter((candidate) => value[candidate] === undefined)) {
      const message = 'is required beside the other KAFKA_SASL_ variables';
      context.addIssue({ code: 'custom', path: [name], message });
    }
  },
  // Beside other faults too: all are told at once.
  { when: () => true },
);
