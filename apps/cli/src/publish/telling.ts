import cliProgress from 'cli-progress';
import type { BadLine } from './batches.ts';

/** Lines and faults that are told in full; what comes after is only counted. */
const linesTold = 100;
const faultsTold = 20;

/** A progress bar on stderr, where a person watches; bad lines above it. */
export class Telling {
  readonly #bar: cliProgress.SingleBar | undefined;
  readonly #error: NodeJS.WriteStream;
  #told = 0;

  /** @param totalBytes 0 where it is not known, as of a pipe */
  constructor(error: NodeJS.WriteStream, totalBytes: number) {
    this.#error = error;
    if (!error.isTTY || totalBytes === 0) return;
    this.#bar = new cliProgress.SingleBar(
      {
        stream: error,
        hideCursor: true,
        format: ' {bar} {percentage} %  {events} events, {bad} bad  {duration_formatted}',
      },
      cliProgress.Presets.shades_classic,
    );
    this.#bar.start(totalBytes, 0, { events: 0, bad: 0 });
  }

  progress({ bytes, events, bad }: { bytes: number; events: number; bad: number }): void {
    this.#bar?.update(bytes, { events, bad });
  }

  bad(line: BadLine): void {
    this.#told += 1;
    if (this.#told === linesTold + 1) this.#write('further bad lines are counted, not listed');
    if (this.#told > linesTold) return;
    this.#write(`line ${line.number}: ${line.reason}`);
    for (const { pointer, code, expected } of line.faults.slice(0, faultsTold)) {
      this.#write(`  ${pointer === '' ? '(the line)' : pointer}  ${code}: ${expected}`);
    }
    const more = line.faults.length - faultsTold;
    if (more > 0) this.#write(`  and ${more} more`);
  }

  end(): void {
    this.#bar?.stop();
  }

  #write(text: string): void {
    // Overwrites the bar, which draws itself anew below at its next step.
    this.#error.write(this.#bar === undefined ? `${text}\n` : `\r\u001b[K${text}\n`);
  }
}
