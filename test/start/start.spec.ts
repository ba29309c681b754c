import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { childrenOf, end, gone, listen, makePlace, run } from './started.ts';
import type { Place, Started } from './started.ts';

const running = 'Running; Ctrl-C stops everything';
const startScript = ['node', 'scripts/start.mjs'];
const minuteMs = 60_000;

interface Line {
  readonly holder: string;
  readonly ownership: string | null;
  readonly ownershipAtMost: string | null;
}

describe('npm start', () => {
  let place: Place;
  let started: Started | undefined;

  beforeAll(async () => {
    place = await makePlace();
  });

  afterAll(async () => {
    if (started !== undefined) await end(started);
    place.remove();
  }, minuteMs);

  /** What the two URLs say that a start prints for Moonshot AI. */
  async function moonshot(): Promise<Line[][]> {
    const urls = started?.output().match(/http:\S+cap-table\S+/g) ?? [];
    const answers = await Promise.all(urls.map((url) => fetch(url)));
    const tables = (await Promise.all(answers.map((answer) => answer.json()))) as {
      data: { lines: Line[] };
    }[];
    return tables.map(({ data }) => data.lines);
  }

  async function recordedEntries(): Promise<number> {
    const answer = await fetch(`http://127.0.0.1:${place.ports.api}/v1/ledger/entries?limit=1000`);
    return ((await answer.json()) as { data: unknown[] }).data.length;
  }

  it(
    'goes from an empty folder to both answers about Moonshot AI',
    async () => {
      started = run(['npm', 'start'], place.env);
      await started.printed(running);
      const [before, after] = await moonshot();
      expect(before).toContainEqual(
        expect.objectContaining({
          holder: 'alibaba',
          ownership: null,
          ownershipAtMost: '0.434783',
        }),
      );
      expect(after).toContainEqual(
        expect.objectContaining({ holder: 'alibaba', ownership: '0.360000' }),
      );
      expect(await recordedEntries()).toBe(157);
    },
    4 * minuteMs,
  );

  it('tells a second start, and a reset, that it is running', async () => {
    for (const script of ['scripts/start.mjs', 'scripts/reset.mjs']) {
      const second = await run(['node', script], place.env).ended;
      expect(second.code).toBe(1);
      expect(second.output).toMatch(/running already: process \d+/);
    }
  });

  it(
    'stops everything when npm is killed',
    async () => {
      const children = childrenOf(place);
      started?.process.kill('SIGKILL');
      await gone(children, minuteMs);
      expect(children).toHaveLength(5);
    },
    2 * minuteMs,
  );

  it(
    'keeps the data, and starts again after kill -9',
    async () => {
      started = run(startScript, place.env);
      await started.printed(running);
      started.process.kill('SIGKILL');
      started = run(startScript, place.env);
      await started.printed(running);
      expect(await recordedEntries()).toBe(157);
    },
    4 * minuteMs,
  );

  it(
    'ends when a child dies, with the last lines of its log',
    async () => {
      if (started === undefined) throw new Error('Nothing runs.');
      const [postgresql = 0] = childrenOf(place);
      process.kill(postgresql, 'SIGKILL');
      const { code, output } = await started.ended;
      expect(code).toBe(1);
      expect(output).toMatch(/was ended by SIGKILL|ended with exit code/);
      expect(output).toMatch(/The last lines of \S+\.log:/);
    },
    4 * minuteMs,
  );

  it(
    'is empty after a reset, and leaves no child and no port behind on Ctrl-C',
    async () => {
      expect((await run(['node', 'scripts/reset.mjs'], place.env).ended).code).toBe(0);
      started = run(startScript, place.env);
      await started.printed(running);
      expect(started.output()).toContain('Example story: 157 events, the last at position 157');
      const children = childrenOf(place);
      started.process.kill('SIGINT');
      expect((await started.ended).code).toBe(0);
      await gone(children, 0);
      for (const port of Object.values(place.ports)) (await listen(port)).close();
    },
    4 * minuteMs,
  );
});
