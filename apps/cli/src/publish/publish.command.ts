import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import {
  ConfigurationError,
  createKafka,
  createLogger,
  createMissingTopics,
  EventProducer,
  loadConfig,
} from '#libs/platform';
import { Command, CommandRunner, Option } from 'nest-commander';
import { exitCodes } from '../exit-codes.ts';
import { publishSettings } from '../settings.ts';
import type { PublishConfig } from '../settings.ts';
import { batchesOf } from './batches.ts';
import type { Destination } from './batches.ts';
import { destinationOf, topicsOf } from './destination.ts';
import { linesOf } from './lines.ts';
import { publish } from './publish.ts';
import type { Published } from './publish.ts';
import { waitUntilRecorded } from './recorded.ts';
import { Telling } from './telling.ts';

interface Options {
  readonly inOrder?: boolean;
  readonly topic?: string;
  readonly strict?: boolean;
  readonly wait?: number | boolean;
  readonly again?: number;
}

const defaultWaitSeconds = 60;
/** An event may be 1 MiB; what is longer is refused, however long. */
const lineBytesMax = 2 * 1_048_576;

@Command({
  name: 'publish',
  arguments: '<file>',
  argsDescription: { file: 'NDJSON: one CloudEvents JSON envelope a line; `-` reads stdin' },
  description:
    'Publishes a file of events to Kafka. A bad line is told with all its faults and left out. ' +
    'To publish a file again is harmless: what is recorded already is counted as a duplicate. ' +
    'Exit codes: 0 all published, 65 a line was bad, 75 not recorded in time, 78 configuration, 1 other.',
})
export class PublishCommand extends CommandRunner {
  async run([file = '-']: string[], options: Options): Promise<void> {
    const config = loadConfig(publishSettings);
    const waitMs = waitOf(options, config);
    const destination = destinationOf(options, config.KAFKA_TOPICS);
    const bytes = await sizeOf(file);
    const kafka = createKafka(config, createLogger('publish', config, process.stderr));
    const producer = new EventProducer(kafka);
    try {
      await createMissingTopics(kafka, topicsOf(destination));
      for (let attempt = 0; ; attempt++) {
        const published = await this.#publish(file, { bytes, destination, producer, options });
        process.exitCode = published.bad > 0 ? exitCodes.badData : 0;
        if (waitMs === 0 || published.stopped || published.ends.length === 0) return;
        if (await this.#recorded(published, waitMs, config)) return;
        if (file === '-' || attempt >= (options.again ?? 0)) break;
        process.stderr.write('Not recorded in time; publishing again.\n');
      }
      process.stderr.write('Not all is recorded in time. Does the ingester run?\n');
      process.exitCode = exitCodes.notRecorded;
    } finally {
      await producer.close();
    }
  }

  @Option({
    flags: '--in-order',
    description: 'all lines into partition 0 of the history topic: line order is ledger order',
  })
  inOrder(): boolean {
    return true;
  }

  @Option({
    flags: '--topic <name>',
    description: 'the topic for all events, instead of the one of their type (or of the history)',
  })
  topic(name: string): string {
    return name;
  }

  @Option({ flags: '--strict', description: 'stop at the first bad line' })
  strict(): boolean {
    return true;
  }

  @Option({
    flags: '--wait [seconds]',
    description: `until all is recorded, ${defaultWaitSeconds} s at most unless told (needs DATABASE_URL)`,
  })
  wait(seconds: string): number {
    return wholeNumber(seconds, '--wait');
  }

  @Option({
    flags: '--again <times>',
    description: 'with --wait: publish again if not all is recorded in time, so many times',
  })
  again(times: string): number {
    return wholeNumber(times, '--again');
  }

  async #publish(
    file: string,
    context: {
      bytes: number;
      destination: Destination;
      producer: EventProducer;
      options: Options;
    },
  ): Promise<Published> {
    const { bytes, destination, producer, options } = context;
    const stream = file === '-' ? process.stdin : createReadStream(file);
    const telling = new Telling(process.stderr, bytes);
    const startedAt = performance.now();
    try {
      const batches = batchesOf(linesOf(stream, lineBytesMax), destination);
      const published = await publish(producer, batches, {
        strict: options.strict === true,
        onBad: (line) => {
          telling.bad(line);
        },
        onProgress: (done) => {
          telling.progress(done);
        },
      });
      telling.end();
      process.stdout.write(summaryOf(published, performance.now() - startedAt));
      return published;
    } finally {
      telling.end();
      stream.destroy();
    }
  }

  async #recorded({ ends }: Published, waitMs: number, config: PublishConfig): Promise<boolean> {
    const recorded = await waitUntilRecorded(config.DATABASE_URL ?? '', ends, waitMs);
    if (recorded) process.stdout.write('All of it is recorded.\n');
    return recorded;
  }
}

/** In bytes; 0 where it is not known. Throws where there is no such file. */
async function sizeOf(file: string): Promise<number> {
  return file === '-' ? 0 : (await stat(file)).size;
}

/** How long to wait until all is recorded; 0: not at all. */
function waitOf({ wait, again }: Options, { DATABASE_URL }: PublishConfig): number {
  const isAsked = wait !== undefined || again !== undefined;
  if (!isAsked) return 0;
  if (DATABASE_URL === undefined) {
    throw new ConfigurationError([{ variable: 'DATABASE_URL', expected: 'is required to wait' }]);
  }
  return (typeof wait === 'number' ? wait : defaultWaitSeconds) * 1_000;
}

function wholeNumber(text: string, option: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new RangeError(`${option}: a whole number is expected`);
}

function summaryOf({ events, bad, stopped }: Published, ms: number): string {
  const badLines = bad === 0 ? '' : `, ${bad} bad line${bad === 1 ? '' : 's'} left out`;
  const early = stopped ? '; stopped at the bad line' : '';
  return `${events} event${events === 1 ? '' : 's'} published in ${(ms / 1_000).toFixed(1)} s${badLines}${early}\n`;
}
