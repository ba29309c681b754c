import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const shownLines = 15;

/** A fresh log file to give to a child; the one before it is kept beside it as `.1`. */
export function openLog(file) {
  mkdirSync(path.dirname(file), { recursive: true });
  if (existsSync(file)) renameSync(file, `${file}.1`);
  const descriptor = openSync(file, 'a');
  return { descriptor, close: () => closeSync(descriptor) };
}

/** The last lines of a log, as they stand behind a failure. */
export function tailOf(file) {
  try {
    const lines = stripVTControlCharacters(readFileSync(file, 'utf8')).trimEnd().split('\n');
    return lines.slice(-shownLines).filter((line) => line !== '');
  } catch {
    return [];
  }
}
