import { Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { mentions } from '#libs/events';
import { createKafka, EventProducer, topicOf } from '#libs/platform';
import type { Coordinates, EventRecord } from '#libs/platform';
import { PinoLogger } from 'nestjs-pino';
import type { ApiConfig } from '../settings.ts';
import { Problem } from '../http/problem.ts';
import type { ReceivedEvent } from './received.ts';

/** A publisher waits for the answer: better an error to repeat after than a minute of silence. */
const soon = { retries: 2, initialRetryTime: 100, maxRetryTime: 1_000 };

/** Hands valid events to Kafka, from where the ingester records them like any other. */
@Injectable()
export class Publisher implements OnApplicationShutdown {
  readonly #producer: EventProducer;
  readonly #topics: readonly string[];

  constructor(config: ApiConfig, logger: PinoLogger) {
    this.#producer = new EventProducer(createKafka(config, logger.logger, soon));
    this.#topics = config.KAFKA_TOPICS;
  }

  /** @throws Problem `kafka-unavailable`: some may have been stored; to repeat is harmless. */
  async publish(events: readonly ReceivedEvent[]): Promise<Coordinates[]> {
    try {
      return await this.#producer.send(events.map((event) => this.#recordOf(event)));
    } catch (error) {
      throw new Problem('kafka-unavailable', 'Publish again; to repeat an event is harmless.', {
        retryAfterSeconds: 5,
        cause: error,
      });
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#producer.close();
  }

  #recordOf({ value, reading }: ReceivedEvent): EventRecord {
    if (!reading.ok) throw new TypeError('Only events without faults are published.');
    const { claim, facts } = reading;
    const key = facts.company ?? mentions(claim)[0] ?? null;
    return { topic: topicOf(claim.type, this.#topics), key, value };
  }
}
