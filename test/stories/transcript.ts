import type { Envelope } from './notation.ts';
import { readClaims } from './notation.ts';
import type { Answer } from './answer.ts';
import { expectedAnswer } from './answer.ts';

/** A transcript: what was claimed, what is asked, what is the answer. */
export interface Transcript {
  readonly title: string;
  /** Anchors of docs/rules.md that it shows. */
  readonly rules: readonly string[];
  /** Positions 1, 2, 3 … */
  readonly claims: readonly Envelope[];
  readonly questions: readonly Question[];
}

/** Who owns what of a company, as of a day, as known at a position. */
export interface Question {
  readonly company: string;
  readonly asOf: string;
  readonly knownAt: number;
  readonly expected: Answer;
}

/** Reads a transcript as README.md of this folder describes it. Throws where it cannot. */
export function readTranscript(markdown: string): Transcript {
  const [title = ''] = /^# .+$/m.exec(markdown) ?? [];
  const [, ...sections] = markdown.split(/^## /m);
  const transcript = {
    title: title.slice('# '.length),
    rules: [...markdown.matchAll(/\.\.\/\.\.\/docs\/rules\.md#([\w-]+)/g)].map(
      ([, rule = '']) => rule,
    ),
    claims: readClaims(blocksOf(markdown)),
    questions: sections.map(readQuestion),
  };
  for (const missing of ['title', 'rules', 'claims', 'questions'] as const) {
    if (transcript[missing].length === 0) throw new Error(`The transcript has no ${missing}.`);
  }
  return transcript;
}

const blocksOf = (markdown: string): string[] =>
  [...markdown.matchAll(/^```claims\n(.*?)^```$/gms)].map(([, block = '']) => block);

const ASKED = /^(\S+) as of (\d{4}-\d\d-\d\d), known at (\d+)$/;

function readQuestion(section: string): Question {
  const [heading = '', ...lines] = section.split('\n');
  const [, company, asOf, knownAt] = ASKED.exec(heading) ?? [];
  if (company === undefined || asOf === undefined) throw new Error(`No question: ${heading}`);
  const end = lines.findIndex((line) => /^(#|```claims)/.test(line));
  const told = end === -1 ? lines : lines.slice(0, end);
  return { company, asOf, knownAt: Number(knownAt), expected: expectedAnswer(company, told) };
}
