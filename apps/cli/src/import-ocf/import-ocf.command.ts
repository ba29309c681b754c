import { partyId } from '#libs/events';
import {
  createKafka,
  createLogger,
  createMissingTopics,
  EventProducer,
  loadConfig,
} from '#libs/platform';
import { CommandRunner, Option, SubCommand } from 'nest-commander';
import { exitCodes } from '../exit-codes.ts';
import { batchesOf } from '../publish/batches.ts';
import { destinationOf, topicsOf } from '../publish/destination.ts';
import type { Line } from '../publish/lines.ts';
import { publish } from '../publish/publish.ts';
import { Telling } from '../publish/telling.ts';
import { publishSettings } from '../settings.ts';
import { convert } from './convert.ts';
import type { LeftOut } from './convert.ts';
import { slug } from './names.ts';
import { PackageError, readPackage } from './read-package.ts';

interface Options {
  readonly company?: string;
  readonly topic?: string;
  readonly dryRun?: boolean;
}

@SubCommand({
  name: 'ocf',
  arguments: '<folder>',
  argsDescription: { folder: 'an Open Cap Format package: its manifest and the files it names' },
  description:
    'Publishes a cap table kept in Open Cap Format as events about one company, in order, into ' +
    'the history topic. To import it again is harmless. What no event can say is listed. ' +
    'Exit codes: 0 published, 65 the package is not readable, 78 configuration, 1 other.',
})
export class ImportOcfCommand extends CommandRunner {
  async run([folder = '.']: string[], options: Options): Promise<void> {
    const ocf = await readPackage(folder).catch((error: unknown) => {
      if (!(error instanceof PackageError)) throw error;
      process.stderr.write(`${error.message}\n`);
      process.exitCode = exitCodes.badData;
      return null;
    });
    if (ocf === null) return;
    const company = options.company ?? slug(ocf.manifest.issuer.legal_name);
    const { envelopes, leftOut } = convert(ocf, company);
    const lines = envelopes.map((envelope) => JSON.stringify(envelope));
    if (options.dryRun === true) process.stdout.write(lines.map((line) => `${line}\n`).join(''));
    else await this.#publish(lines, options);
    process.stderr.write(summaryOf(leftOut));
    if (options.dryRun !== true) process.stdout.write(`The company is \`${company}\`.\n`);
  }

  @Option({ flags: '--company <id>', description: "its party id, instead of the issuer's name" })
  company(id: string): string {
    if (partyId.safeParse(id).success) return id;
    throw new RangeError('--company: a party id is expected, such as acme-robotics');
  }

  @Option({ flags: '--topic <name>', description: 'the topic, instead of the history' })
  topic(name: string): string {
    return name;
  }

  @Option({ flags: '--dry-run', description: 'print the events as NDJSON, publish nothing' })
  dryRun(): boolean {
    return true;
  }

  async #publish(lines: readonly string[], { topic }: Options): Promise<void> {
    const config = loadConfig(publishSettings);
    const named = topic === undefined ? {} : { topic };
    const destination = destinationOf({ inOrder: true, ...named }, config.KAFKA_TOPICS);
    const kafka = createKafka(config, createLogger('import', config, process.stderr));
    const producer = new EventProducer(kafka);
    const telling = new Telling(process.stderr, 0);
    try {
      await createMissingTopics(kafka, topicsOf(destination));
      const { events, bad } = await publish(producer, batchesOf(numbered(lines), destination), {
        strict: false,
        onBad: (line) => {
          telling.bad(line);
        },
        onProgress: () => undefined,
      });
      process.stdout.write(`${events} events published, ${bad} refused.\n`);
      if (bad > 0) process.exitCode = exitCodes.badData;
    } finally {
      await producer.close();
    }
  }
}

// eslint-disable-next-line @typescript-eslint/require-await -- batches are made of any source of lines, most of which wait
async function* numbered(lines: readonly string[]): AsyncGenerator<Line> {
  for (const [index, line] of lines.entries()) {
    yield { number: index + 1, bytes: Buffer.from(line) };
  }
}

function summaryOf(leftOut: readonly LeftOut[]): string {
  return leftOut
    .map(
      ({ transaction, objectType, reason }) =>
        `left out: ${objectType} ${transaction}: ${reason}\n`,
    )
    .join('');
}
