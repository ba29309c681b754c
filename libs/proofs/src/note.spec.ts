import { createHash, generateKeyPairSync, sign, verify, createPublicKey } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { checkpointText, parseCheckpoint } from './checkpoint.ts';
import { parseNote, parseVerifierKey, signNote, verifierKey, verifyNote } from './note.ts';
import { parseTilePath, tilePath, tilesAt } from './tile.ts';

const sha256 = (...parts: readonly Uint8Array[]) =>
  new Uint8Array(createHash('sha256').update(Buffer.concat(parts)).digest());
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const der = publicKey.export({ type: 'spki', format: 'der' });
const signer = { name: 'deal-ledger.example/log', publicKey: new Uint8Array(der.subarray(-32)) };
const ed25519 = (message: Uint8Array) => new Uint8Array(sign(null, message, privateKey));
const check = (message: Uint8Array, signature: Uint8Array, key: Uint8Array) =>
  verify(
    null,
    message,
    createPublicKey({
      key: Buffer.concat([der.subarray(0, -32), key]),
      format: 'der',
      type: 'spki',
    }),
    signature,
  );

describe('a signed checkpoint', () => {
  const checkpoint = {
    origin: 'deal-ledger.example/log',
    size: 157,
    root: sha256(),
    extensions: ['restored at 120'],
  };
  const signed = signNote(sha256, { text: checkpointText(checkpoint), signer }, ed25519);

  it('is read back and verified', () => {
    const note = parseNote(signed)!;
    expect(parseCheckpoint(note.text)).toEqual(checkpoint);
    expect(verifyNote(sha256, { note, signer }, check)).toBe(true);
  });

  it('is refused once a byte differs, or for another key', () => {
    const note = parseNote(signed.replace('\n157\n', '\n158\n'))!;
    expect(verifyNote(sha256, { note, signer }, check)).toBe(false);
    const stranger = { ...signer, publicKey: sha256(signer.publicKey) };
    expect(verifyNote(sha256, { note: parseNote(signed)!, signer: stranger }, check)).toBe(false);
  });

  it('has a verifier key that reads back, and refuses one whose hash is wrong', () => {
    const key = verifierKey(sha256, signer);
    expect(parseVerifierKey(sha256, key)).toEqual(signer);
    expect(parseVerifierKey(sha256, key.replace(/\+[0-9a-f]{8}\+/, '+00000000+'))).toBeNull();
  });

  it('is null where the text is none', () => {
    expect(['', 'a\n', 'a\n\nb\n', 'a\n\n\u2014 b !!\n'].map(parseNote)).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(['', 'o\n01\nAA==\n', 'o\n1\nAA==\n'].map(parseCheckpoint)).toEqual([null, null, null]);
  });
});

describe('tile paths', () => {
  it('are those of C2SP tlog-tiles', () => {
    expect(tilePath({ level: 0, index: 0, width: 256 })).toBe('tile/0/000');
    expect(tilePath({ level: 1, index: 1234067, width: 13 })).toBe('tile/1/x001/x234/067.p/13');
  });

  it('read back, and no other path does', () => {
    const tile = { level: 0, index: 1234067, width: 256 };
    expect(parseTilePath(tilePath(tile))).toEqual(tile);
    const others = [
      'tile/0/0',
      'tile/00/000',
      'tile/0/x000/001',
      'tile/0/000.p/256',
      'tile/0/000.p/0',
    ];
    expect(others.map(parseTilePath)).toEqual([null, null, null, null, null]);
  });

  it('count whole and partial tiles of a level', () => {
    expect(tilesAt(0, 70_000)).toEqual({ whole: 273, rest: 112 });
    expect(tilesAt(1, 70_000)).toEqual({ whole: 1, rest: 17 });
  });
});
