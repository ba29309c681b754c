/**
 * Something the reader has to mend: shown as its message alone, without a stack.
 *
 * `hints` are the ways out, one a line; `tail` the last lines of the log that tells more.
 */
export class Failure extends Error {
  constructor(message, { hints = [], tail = [], log } = {}) {
    super(message);
    this.name = 'Failure';
    this.hints = hints;
    this.tail = tail;
    this.log = log;
  }
}

/** The message as a person reads it on a terminal. A defect of ours keeps its stack. */
export function explain(error) {
  if (!(error instanceof Failure)) return String(error?.stack ?? error);
  const lines = [error.message];
  if (error.tail.length > 0) {
    lines.push('', `The last lines of ${error.log}:`, ...error.tail.map((line) => `    ${line}`));
  }
  if (error.hints.length > 0) lines.push('', ...error.hints.map((hint) => `  ${hint}`));
  return lines.join('\n');
}
