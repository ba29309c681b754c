import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { linesOf } from './lines.ts';

async function read(chunks: readonly (string | Buffer)[], maxBytes = 1_000) {
  const lines: [number, string][] = [];
  const stream = Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
  for await (const { number, bytes } of linesOf(stream, maxBytes)) {
    lines.push([number, bytes.toString('latin1')]);
  }
  return lines;
}

describe('linesOf', () => {
  it('counts lines from 1 and leaves out empty ones', async () => {
    expect(await read(['a\r\n\n  \nb\n', 'c'])).toEqual([
      [1, 'a'],
      [4, 'b'],
      [5, 'c'],
    ]);
    expect(await read(['a\n'])).toEqual([[1, 'a']]);
    expect(await read([])).toEqual([]);
  });

  it('reads the same lines however the bytes arrive', async () => {
    const text = fc.stringMatching(/^[ab \n]{0,40}$/);
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat(5)), async (whole, cuts) => {
        const chunks: string[] = [];
        let rest = whole;
        for (const cut of cuts) {
          chunks.push(rest.slice(0, cut));
          rest = rest.slice(cut);
        }
        expect(await read([...chunks, rest])).toEqual(await read([whole]));
      }),
    );
  });

  it('cuts a line without end', async () => {
    const [[number, line] = [0, '']] = await read(
      Array.from({ length: 100 }, () => 'x'.repeat(99)),
    );
    expect(number).toBe(1);
    expect(line.length).toBeLessThan(1_100);
  });
});
