import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { identify, isAlive } from './identity.mjs';

/**
 * What runs on a data folder: `{ owner, children, leftovers }`, and the lock on that folder.
 *
 * It is the truth for whoever has to clean up after an owner that was killed: children in the
 * order of their start, each `{ name, pid, identity, stopSignal, stopWithinMs, wholeGroup }`, and
 * `leftovers`, folders to remove with them.
 */
export class RunFile {
  #content;
  #released = false;

  constructor(file) {
    this.file = file;
  }

  /** Takes the folder. Returns null, or the content of the run that holds or held it. */
  take() {
    mkdirSync(path.dirname(this.file), { recursive: true });
    const identity = identify(process.pid);
    const owner = { pid: process.pid, identity, since: new Date(), urls: [] };
    this.#content = { owner, children: [], leftovers: [] };
    const draft = this.#draft();
    try {
      linkSync(draft, this.file); // Fails where the file exists: one taker wins.
      return null;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      return readRun(this.file) ?? this.take();
    } finally {
      rmSync(draft, { force: true });
    }
  }

  add(child) {
    this.#content.children.push(child);
    this.#write();
  }

  remove(pid) {
    this.#content.children = this.#content.children.filter((child) => child.pid !== pid);
    this.#write();
  }

  /** Where the run can be reached, for a second start to tell. */
  addUrl(url) {
    this.#content.owner.urls.push(url);
    this.#write();
  }

  /** A folder to remove with this run. */
  addLeftover(folder) {
    this.#content.leftovers.push(folder);
    this.#write();
  }

  get leftovers() {
    return this.#content.leftovers;
  }

  /** Gives the folder back. */
  release() {
    this.#released = true; // A child's end may be told later than its death was seen.
    rmSync(this.file, { force: true });
  }

  #write() {
    if (this.#released) return;
    renameSync(this.#draft(), this.file);
  }

  #draft() {
    const draft = `${this.file}.${process.pid}`;
    writeFileSync(draft, JSON.stringify(this.#content, null, 2));
    return draft;
  }
}

/** The run written in the file, or null where there is none. */
export function readRun(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}

/** The children of a run that still live, in the order of their start. */
export const survivors = (run) => run.children.filter(isAlive);
