import { fromBase64, toBase64 } from './base64.ts';
import type { Hash } from './tree.ts';

/** What a log says of itself: its name, how many leaves it has, and their root. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
  /** Further lines, opaque to verifiers. */
  readonly extensions: readonly string[];
}

/**
 * A checkpoint as the text of a note.
 * Rule: C2SP tlog-checkpoint
 */
export const checkpointText = ({ origin, size, root, extensions }: Checkpoint): string =>
  [origin, size.toString(), toBase64(root), ...extensions, ''].join('\n');

/** Reads a checkpoint's text, or null where it is none. */
export function parseCheckpoint(text: string): Checkpoint | null {
  const [origin = '', size = '', encoded = '', ...rest] = text.split('\n');
  const root = fromBase64(encoded);
  const isSize = /^(0|[1-9]\d{0,14})$/.test(size);
  if (origin === '' || !isSize || root?.length !== 32 || rest.at(-1) !== '') return null;
  return { origin, size: parseInt(size, 10), root, extensions: rest.slice(0, -1) };
}
