import { readdirSync, readFileSync } from 'node:fs';
import { readEnvelope } from '#libs/events';
import type { Entry } from '#libs/fold';
import { believe, capTable, fold, readAs } from '#libs/fold';
import { describe, expect, it } from '@jest/globals';
import { capTable as referenceCapTable } from './reference/cap-table.ts';
import type { Claim } from './reference/claims.ts';
import type { CapTable } from './stories/answer.ts';
import { answerOf, differences } from './stories/answer.ts';
import type { Question, Transcript } from './stories/transcript.ts';
import { readTranscript } from './stories/transcript.ts';

const folder = new URL('stories/', import.meta.url);
const rules = readFileSync(new URL('../docs/rules.md', import.meta.url), 'utf8');
const stories = readdirSync(folder).filter((name) => name.endsWith('.md') && name !== 'README.md');

/** A story that cannot be read fails by itself, not with all the others. */
function readStory(name: string): Transcript | Error {
  try {
    return readTranscript(readFileSync(new URL(name, folder), 'utf8'));
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** The claims as the ledger would hand them to the fold: each must be legal. */
const entriesOf = ({ claims }: Transcript): Entry[] =>
  claims.map((envelope, index) => {
    const reading = readEnvelope(envelope);
    if (!reading.ok) throw new Error(`Claim ${index + 1}: ${JSON.stringify(reading.faults)}`);
    return { position: index + 1, claim: reading.claim };
  });

function productAnswer(transcript: Transcript, { company, asOf, knownAt }: Question): CapTable {
  const belief = believe(entriesOf(transcript), knownAt);
  return capTable(fold(belief, readAs(belief.identities, company)), asOf);
}

function referenceAnswer(transcript: Transcript, { company, asOf, knownAt }: Question): CapTable {
  const entries = transcript.claims.map((claim, index) => ({
    position: index + 1,
    claim: claim as unknown as Claim,
  }));
  return referenceCapTable(entries, company, { asOf, position: knownAt });
}

describe.each(stories)('%s', (name) => {
  const transcript = readStory(name);
  if (transcript instanceof Error) {
    it('can be read', () => {
      throw transcript;
    });
    return;
  }

  it('names rules that docs/rules.md explains', () => {
    const anchors = [...rules.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => anchorOf(title));
    expect(transcript.rules.filter((rule) => !anchors.includes(rule))).toEqual([]);
  });

  for (const question of transcript.questions) {
    const { company, asOf, knownAt, expected } = question;
    const asked = `${company} as of ${asOf}, known at ${knownAt}`;

    it(`answers ${asked}`, () => {
      expect(differences(expected, answerOf(productAnswer(transcript, question)))).toEqual([]);
    });

    it(`answers ${asked}, by the independent reading of the rules`, () => {
      expect(differences(expected, answerOf(referenceAnswer(transcript, question)))).toEqual([]);
    });
  }
});

it('lists every story under its title', () => {
  const index = readFileSync(new URL('README.md', folder), 'utf8');
  const entries = stories.map((name) => {
    const [title = ''] = readFileSync(new URL(name, folder), 'utf8').split('\n');
    return `- [${title.slice('# '.length)}](${name})`;
  });
  expect(entries.filter((entry) => !index.includes(`${entry}\n`))).toEqual([]);
});

/** As Markdown renders a heading's anchor. */
function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
}
