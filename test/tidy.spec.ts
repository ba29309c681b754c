import { readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';

const root = new URL('..', import.meta.url).pathname;
const tracked = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '');

describe('names', () => {
  it('has no drawer without a label', () => {
    expect(
      tracked.filter((path) => /(^|\/)(utils?|helpers?|common|base|misc)(\.|\/|$)/.test(path)),
    ).toEqual([]);
  });

  it('has one barrel a lib', () => {
    expect(
      tracked.filter(
        (path) => /(^|\/)index\.ts$/.test(path) && !/^libs\/[^/]+\/src\/index\.ts$/.test(path),
      ),
    ).toEqual([]);
  });

  it('keeps every read-model folder whole: a question needs its SQL, rows their projection', () => {
    const folders = new Map<string, string[]>();
    for (const path of tracked) {
      const [, folder, file] = /^libs\/read-models\/src\/([^/]+)\/([^/]+)$/.exec(path) ?? [];
      if (folder !== undefined && file !== undefined) {
        folders.set(folder, [...(folders.get(folder) ?? []), file]);
      }
    }
    const broken = [...folders].filter(
      ([, files]) =>
        files.includes('question.sql') !== files.includes('question.ts') ||
        files.includes('table.sql') !== files.includes('project.ts'),
    );
    expect(broken).toEqual([]);
  });
});

describe('text', () => {
  const sources = tracked.filter(
    (path) =>
      /\.(ts|mjs|sql|md|ya?ml|json)$|Dockerfile$/.test(path) && !/package-lock\.json$/.test(path),
  );
  const matching = (paths: readonly string[], pattern: RegExp) =>
    paths.flatMap((path) =>
      readFileSync(`${root}${path}`, 'utf8')
        .split('\n')
        .flatMap((line, index) =>
          pattern.test(line) ? [`${path}:${String(index + 1)}: ${line}`] : [],
        ),
    );
  const here = 'test/tidy.spec.ts';

  it('leaves nothing for later', () => {
    const pattern = /\b(TODO|FIXME|XXX|HACK)\b|@ts-ignore|\.(only|skip)\(/;
    expect(
      matching(
        sources.filter((path) => path !== here),
        pattern,
      ),
    ).toEqual([]);
  });

  it('keeps money, units and times exact in SQL', () => {
    const sql = sources.filter((path) => path.endsWith('.sql') || path.includes('/migrations/'));
    const inexact = /\b(float[48]?|real|double precision|money)\b|\btimestamp\b(?! with)/i;
    const isInexact = (line: string) => inexact.test(line.replace(/(--|\/\/|^\s*\/?\*).*$/, ''));
    const found = sql.filter((path) =>
      readFileSync(`${root}${path}`, 'utf8').split('\n').some(isInexact),
    );
    expect(found).toEqual([]);
  });

  it('names no path of a machine', () => {
    expect(
      matching(
        sources.filter((path) => path !== here),
        /(^|[\s"'`(])\/(work|root|home)\//,
      ),
    ).toEqual([]);
  });
});

describe('error codes', () => {
  it('documents every code that the sources name as a code', () => {
    const documented = readFileSync(`${root}docs/errors.md`, 'utf8');
    const codes = new Set(
      tracked
        .filter((path) => /^(libs|apps)\/.*\.ts$/.test(path) && !path.endsWith('.spec.ts'))
        .flatMap((path) => [
          ...readFileSync(`${root}${path}`, 'utf8').matchAll(
            /\b(?:code|reason): '([a-z]+(?:-[a-z]+)+)'/g,
          ),
        ])
        .map(([, code]) => code ?? ''),
    );
    expect([...codes].filter((code) => !documented.includes(`\`${code}\``))).toEqual([]);
  });
});
