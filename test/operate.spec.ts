import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import type { z } from 'zod';
import { apiSettings } from '../apps/api/src/settings.ts';
import { migrateSettings, publishSettings } from '../apps/cli/src/settings.ts';
import { ingesterSettings } from '../apps/ingester/src/settings.ts';
import { ProjectorMetrics } from '../apps/projector/src/projector-metrics.ts';
import { projectorSettings } from '../apps/projector/src/settings.ts';

const page = readFileSync(new URL('../docs/operate.md', import.meta.url), 'utf8');

/** The rows of the page's tables that tell of a variable, by its name. */
const rows = new Map(
  page
    .split('\n')
    .flatMap((line) => (/^\| `([A-Z][A-Z0-9_]+)`/.exec(line) ? [line] : []))
    .map((line) => [/`([A-Z][A-Z0-9_]+)`/.exec(line)?.[1] ?? '', line]),
);

const programs: readonly [string, z.ZodObject][] = [
  ['ingester', ingesterSettings],
  ['projector', projectorSettings],
  ['api', apiSettings],
  ['cli publish', publishSettings],
  ['cli migrate', migrateSettings],
];

describe('docs/operate.md', () => {
  it.each(programs)('tells every variable of the %s, with its default', (_program, settings) => {
    const wrong = Object.entries(settings.shape).flatMap(([name, setting]) => {
      const row = rows.get(name);
      if (row === undefined) return [`${name} is missing`];
      return row.includes(defaultOf(setting)) ? [] : [`${name}: ${defaultOf(setting)} is missing`];
    });
    expect(wrong).toEqual([]);
  });

  it('tells of no variable that no program reads', () => {
    const read = new Set(programs.flatMap(([, settings]) => Object.keys(settings.shape)));
    expect([...rows.keys()].filter((name) => !read.has(name))).toEqual([]);
  });

  it('tells every metric of the projector', async () => {
    const registry = new Registry();
    new ProjectorMetrics(registry);
    const metrics = await registry.getMetricsAsJSON();
    expect(metrics.map(({ name }) => name).filter((name) => !page.includes(name))).toEqual([]);
  });
});

/** As the page writes it. */
function defaultOf(setting: unknown): string {
  const { success, data } = (setting as z.ZodType<string | string[] | undefined>).safeParse(
    undefined,
  );
  if (!success) return 'required';
  if (data === undefined) return '|';
  if (Array.isArray(data)) return '`deal-ledger.<type>`';
  return `\`${data}\``;
}
