import { fromBase64, toBase64 } from './base64.ts';
import type { Sha256 } from './tree.ts';

/** Who signs: its name and its Ed25519 public key, 32 bytes. */
export interface Signer {
  readonly name: string;
  readonly publicKey: Uint8Array;
}

/** A note whose signature has still to be checked. */
export interface Note {
  /** Ends in a newline. */
  readonly text: string;
  readonly signatures: readonly {
    readonly name: string;
    readonly keyHash: string;
    readonly signature: Uint8Array;
  }[];
}

/**
 * A signed note: the text, an empty line, and a line with the signer's name and signature.
 *
 * Throws RangeError for a text without a final newline or with an empty line at its end.
 * Rule: C2SP signed-note
 */
export function signNote(
  sha256: Sha256,
  { text, signer }: { text: string; signer: Signer },
  sign: (message: Uint8Array) => Uint8Array,
): string {
  if (!text.endsWith('\n')) throw new RangeError('The text of a note ends in a newline.');
  const signature = sign(utf8(text));
  const line = toBase64(joined(keyHash(sha256, signer), signature));
  return `${text}\n${DASH} ${signer.name} ${line}\n`;
}

/** Reads a signed note, or null where the text is none. */
export function parseNote(signed: string): Note | null {
  const split = signed.lastIndexOf('\n\n');
  if (split < 0 || !signed.endsWith('\n')) return null;
  const lines = signed.slice(split + 2, -1).split('\n');
  const signatures = lines.map(parseSignature);
  if (!signatures.every((each) => each !== null)) return null;
  return { text: signed.slice(0, split + 1), signatures };
}

/** True if `signer` signed the note. */
export function verifyNote(
  sha256: Sha256,
  { note, signer }: { note: Note; signer: Signer },
  verify: (message: Uint8Array, signature: Uint8Array, publicKey: Uint8Array) => boolean,
): boolean {
  const wanted = hex(keyHash(sha256, signer));
  return note.signatures.some(
    ({ name, keyHash: hash, signature }) =>
      name === signer.name &&
      hash === wanted &&
      verify(utf8(note.text), signature, signer.publicKey),
  );
}

/** The key as verifiers take it: `name+hash+base64(0x01 ‖ public key)`. */
export const verifierKey = (sha256: Sha256, signer: Signer): string =>
  `${signer.name}+${hex(keyHash(sha256, signer))}+${toBase64(joined(ED25519, signer.publicKey))}`;

/** The signer that a verifier key names, or null where the text is no such key or its hash is another's. */
export function parseVerifierKey(sha256: Sha256, text: string): Signer | null {
  const [, name = '', hash = '', key = ''] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text) ?? [];
  const bytes = fromBase64(key);
  if (bytes?.length !== 33 || bytes[0] !== ED25519[0]) return null;
  const signer = { name, publicKey: bytes.slice(1) };
  return hex(keyHash(sha256, signer)) === hash ? signer : null;
}

const DASH = '\u2014';
const ED25519 = new Uint8Array([1]);
const NEWLINE = new Uint8Array([10]);
const KEY_HASH_BYTES = 4;

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The first four bytes of SHA-256(name ‖ newline ‖ algorithm ‖ public key). */
const keyHash = (sha256: Sha256, { name, publicKey }: Signer): Uint8Array =>
  sha256(utf8(name), NEWLINE, ED25519, publicKey).slice(0, KEY_HASH_BYTES);

function parseSignature(line: string): Note['signatures'][number] | null {
  const [, name = '', encoded = ''] = /^\u2014 (\S+) (\S+)$/.exec(line) ?? [];
  const bytes = fromBase64(encoded);
  if (bytes === null || bytes.length <= KEY_HASH_BYTES) return null;
  return {
    name,
    keyHash: hex(bytes.slice(0, KEY_HASH_BYTES)),
    signature: bytes.slice(KEY_HASH_BYTES),
  };
}

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
