import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mentions, readEnvelope } from '#libs/events';
import { believe, fold } from '#libs/fold';
import { describe, expect, it } from '@jest/globals';
import { analystsDeclaration, declaration } from './declare.ts';
import { projectRates } from './rates/project.ts';
import { projectDescription, projectTimeline } from './tables.ts';
import { PROJECTION_VERSION } from './version.ts';

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The story's rows as believed at several positions, and the SQL that answers from them. */
function golden(): { rows: string; sql: string } {
  const entries = readFileSync(
    new URL('../../../data/large-model-race/events.ndjson', import.meta.url),
    'utf8',
  )
    .trimEnd()
    .split('\n')
    .map((line, index) => {
      const reading = readEnvelope(JSON.parse(line));
      if (!reading.ok) throw new Error(`line ${index + 1}: ${reading.reason}`);
      return { position: index + 1, claim: reading.claim };
    });
  const parties = [...new Set(entries.flatMap(({ claim }) => mentions(claim)))].sort();
  const rows = [60, 100, 130, 135, 150, entries.length].flatMap((position) => {
    const belief = believe(entries, position);
    const steps = parties.flatMap((party) => [
      ...projectTimeline(fold(belief, party)),
      ...projectDescription(belief, party),
    ]);
    return [...steps, ...projectRates(belief)]
      .map((step) => `${position}\t${step.name}\t${step.values}`)
      .sort();
  });
  return { rows: digestOf(rows.join('\n')), sql: digestOf(declaration() + analystsDeclaration()) };
}

describe('PROJECTION_VERSION', () => {
  // These rows and answers may be in databases. Where they change, so must the version: raise it,
  // and put in the digests that the failure prints.
  it('is raised with every change of a row or an answer', () => {
    expect({ version: PROJECTION_VERSION, ...golden() }).toEqual({
      version: 1,
      rows: '7086f5ea8bef0157a9fcd4faaba08cef3a63eeebef8da807a18a6a848c06876d',
      sql: '1ba3500d5c391f1447dc465c58826df1ed937cd157201da466f89abb89d77116',
    });
  });
});
