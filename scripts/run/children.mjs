import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { createWriteStream } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { Failure } from './failure.mjs';
import { identify } from './identity.mjs';
import { openLog, tailOf } from './log.mjs';
import { stopProcess } from './stop.mjs';
import { projectFolder } from './settings.mjs';

/**
 * The processes that a script starts, none of which outlives it.
 *
 * Each has a session of its own: a terminal's Ctrl-C reaches the script alone, which stops them
 * last started first. Should the script be killed, the undertaker does it in its place.
 */
export class Children {
  #runFile;
  #logFolder;
  #undertaker;
  #running = [];
  #stopping = false;

  constructor({ runFile, logFolder }) {
    this.#runFile = runFile;
    this.#logFolder = logFolder;
    this.#undertaker = spawn(
      process.execPath,
      [fileURLToPath(new URL('./undertaker.mjs', import.meta.url)), runFile.file, process.pid],
      { detached: true, stdio: ['pipe', 'ignore', 'ignore'] },
    );
    this.#undertaker.unref();
    this.#undertaker.stdin.unref();
  }

  logFile(name) {
    return path.join(this.#logFolder, `${name}.log`);
  }

  /**
   * Starts a server. `ended` is a promise of the Failure that tells how it ended by itself; it
   * never settles for a server that was stopped.
   */
  serve(name, command, args, options = {}) {
    const log = openLog(this.logFile(name));
    const stdio = ['ignore', log.descriptor, log.descriptor];
    const child = this.#spawn(name, command, args, { ...options, stdio });
    log.close();
    const ended = child.exit.then((how) =>
      this.#stopping ? new Promise(() => undefined) : this.#failure(name, `${name} ${how.text}.`),
    );
    return { ...child, ended };
  }

  /**
   * Runs a command to its end; its output goes to a log and, line by line, to `onLine`.
   *
   * Rejects with a Failure that shows the log's last lines when the command does not exit with 0.
   */
  async run(name, command, args, { onLine = () => undefined, ...options } = {}) {
    const log = openLog(this.logFile(name));
    log.close();
    const file = createWriteStream(this.logFile(name));
    const stdio = ['ignore', 'pipe', 'pipe'];
    const child = this.#spawn(name, command, args, { ...options, stdio, wholeGroup: true });
    for (const stream of [child.process.stdout, child.process.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        file.write(`${line}\n`);
        onLine(line);
      });
    }
    const how = await child.exit;
    await new Promise((resolve) => file.end(resolve));
    if (how.code !== 0) throw this.#failure(name, `${name} ${how.text}.`);
  }

  /** Runs a command to its end; what it prints is shown. Resolves to its exit code. */
  async show(name, command, args, options = {}) {
    const stdio = ['ignore', 'inherit', 'inherit'];
    const child = this.#spawn(name, command, args, { ...options, stdio, wholeGroup: true });
    const { code, text } = await child.exit;
    if (code === null || code < 0) throw new Failure(`${name} ${text}.`);
    return code;
  }

  /** Stops everything, last started first. */
  async stopAll(onStop = () => undefined) {
    this.#stopping = true;
    for (const child of [...this.#running].reverse()) {
      onStop(child.name);
      await stopProcess(child);
    }
  }

  #spawn(name, command, args, options) {
    const { stopSignal = 'SIGTERM', stopWithinMs = 10_000, wholeGroup = false, ...rest } = options;
    if (this.#stopping) throw new Failure('Stopping.');
    const spawned = spawn(command, args, { cwd: projectFolder, detached: true, ...rest });
    const { pid } = spawned;
    const exit = new Promise((resolve) => {
      spawned.on('error', (error) =>
        resolve({ code: -1, text: `did not start: ${error.message}` }),
      );
      spawned.on('close', (code, signal) => {
        if (pid !== undefined) this.#forget(pid);
        resolve({ code, text: signal ? `was ended by ${signal}` : `ended with exit code ${code}` });
      });
    });
    if (pid !== undefined) {
      const child = { name, pid, identity: identify(pid), stopSignal, stopWithinMs, wholeGroup };
      this.#running.push(child);
      this.#runFile.add(child);
    }
    return { name, pid, process: spawned, exit };
  }

  #forget(pid) {
    this.#running = this.#running.filter((child) => child.pid !== pid);
    this.#runFile.remove(pid);
  }

  #failure(name, message) {
    const file = this.logFile(name);
    return new Failure(message, { tail: tailOf(file), log: path.relative(process.cwd(), file) });
  }
}
