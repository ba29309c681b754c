import { readEnvelope } from '#libs/events';
import { describe, expect, it } from '@jest/globals';
import { answerOf, differences } from './answer.ts';
import { readClaims } from './notation.ts';
import { readTranscript } from './transcript.ts';

const STORY = `# A story

What [B1](../../docs/rules.md#b1) says.

\`\`\`claims
1. disclosure of x in acme on 2022-01-31 · ownership 0.2
\`\`\`

## acme as of 2022-12-31, known at 1

| holder | ownership | basis     | source   | estimated | entries |
| ------ | --------- | --------- | -------- | --------- | ------- |
| x      | 0.200000  | disclosed | reported | no        | 1       |

- Finding: \`overdrawn\` (1)
`;

describe('a transcript', () => {
  it('is read with what it leaves out', () => {
    const { title, rules, questions } = readTranscript(STORY);
    expect({ title, rules }).toEqual({ title: 'A story', rules: ['b1'] });
    expect(questions).toMatchObject([
      {
        ...{ company: 'acme', asOf: '2022-12-31', knownAt: 1 },
        expected: {
          ...{ company: 'acme', register: 'none', claims: [], findings: ['overdrawn (1)'] },
          lines: [{ holder: 'x', class: '–', 'fully diluted': '0.200000', 'at most': '–' }],
        },
      },
    ]);
  });

  const broken: readonly (readonly [what: string, from: string | RegExp, to: string])[] = [
    ['no title', '# A story', 'A story'],
    ['no rule', '#b1', ''],
    ['no claims', '```claims', '```text'],
    ['no questions', /^## [^]*$/m, ''],
    ['a question of another form', ', known at 1', ''],
    ['no table', /^\|.*$/gm, ''],
    ['a table without a heading', /^\| holder.*$/m, ''],
    ['a table without lines', /^\| x .*$/m, ''],
    ['a column that is none', 'estimated', 'estimate '],
    ['no column of the entries', /\| entries \||\| -{7} \||\| 1 {7}\|/g, '|'],
    ['a row of another width', '| 1       |', '|'],
    ['a list of something else', 'Finding:', 'Found:'],
    ['claims in another order', '1. disc', '2. disc'],
    ['a claim of no type', 'disclosure of', 'discovery of'],
    ['a field that its type has not', 'ownership 0.2', 'owns 0.2'],
    ['a figure that is none', '0.2\n', 'much\n'],
    ['a correction of nothing', '0.2\n', '0.2 · supersedes 7\n'],
  ];

  it.each(broken)('is refused with %s', (_, from, to) => {
    const text = STORY.replace(from, to);
    expect(text).not.toBe(STORY);
    expect(() => readTranscript(text)).toThrow();
  });
});

describe('the claims of a transcript', () => {
  const read = (text: string) => readClaims([text]).map(({ data }) => data);

  it('can be of every type, and legal', () => {
    const claims = readClaims([
      `1. filing · convertible round n#2 of acme closed 2024-02 · by crm · said 2024-03-01
   · sequence 3 · pricePerShare USD 1.5 · sharesIssued 1,000 · participantsComplete
   · participants x (role lead, shares about 5, consideration cash (portion 0.4) + stock (amount USD 2)), y
   · conversions z (fromRoundId m, ownership 0.1)
   · computeCommitments cloud (amount USD 1, years 3)
2. split in acme on 2024-02-01 · ratio 3:2
3. exercise by ann in acme on 2024-02-01 · stockClass options · shares 10 · toShares 5
   · comparedWith more than bo, equal to cy
4. deal d of acme announced 2024 · kind convertible · stage signed · amount under EUR 2,000
5. party acme described 2024 · aliases A, B · affiliations bolt (kind fund, until 2025) · foundedOn 2020~
6. rate USD/CNY 7.3 on 2024-01-01
7. stance s of ann toward acme on 2024 · stance cautious
8. figure f about sector:models for 2024 · metric raised · low 1 · high 2
9. retraction of 1 · by crm · reason a slip · supersedes 8`,
    ]);
    expect(claims.map(readEnvelope).filter(({ ok }) => !ok)).toEqual([]);
    expect(claims[0]).toMatchObject({
      ...{ id: 'e1', source: 'crm', type: 'round-closed', time: '2024-03-01T00:00:00Z' },
      data: {
        ...{ roundId: 'n', tranche: 2, kind: 'convertible', sequence: 3, sharesIssued: '1000' },
        participants: [
          {
            ...{ investor: 'x', role: 'lead', shares: '5', sharesQualifier: 'about' },
            consideration: [
              { form: 'cash', portion: '0.4' },
              { form: 'stock', amount: { amount: '2', currency: 'USD' } },
            ],
          },
          { investor: 'y' },
        ],
        participantsComplete: true,
        conversions: [{ holder: 'z', fromRoundId: 'm', ownership: '0.1' }],
        sources: [{ publisher: 'crm', basis: 'filing' }],
      },
    });
    expect(claims[2]?.data).toMatchObject({
      ...{ transactionId: 't3', toShares: '5' },
      comparedWith: [
        { holder: 'bo', relation: 'more' },
        { holder: 'cy', relation: 'equal' },
      ],
    });
    expect(claims[8]?.data).toEqual({
      ...{ retracts: { source: 'crm', id: 'e1' }, reason: 'a slip' },
      supersedes: { source: 'desk', id: 'e8' },
    });
  });

  it('may have no field inside a list that events do not have there', () => {
    expect(() => read('1. round b of acme closed 2024 · participants x (share 5)')).toThrow(
      'share',
    );
  });
});

describe('an answer', () => {
  const [question] = readTranscript(STORY).questions;
  const line = {
    ...{ holder: 'x', stockClass: null, units: null, ownership: '0.300000' },
    ...{ ownershipFullyDiluted: '0.200000', ownershipAtMost: null, basis: 'disclosed' },
    ...{ source: null, estimated: false, comparisons: [], entries: [1] },
  };

  it('differs cell by cell, in words', () => {
    const table = {
      ...{ company: 'acme', register: 'recorded', totalOutstanding: '5', totalFullyDiluted: '6' },
      ...{ lines: [line], claims: [], findings: [] },
    };
    expect(differences(question!.expected, answerOf(table))).toEqual([
      'share register: expected none, got 5 outstanding, 6 fully diluted',
      'x, ownership: expected 0.200000, got 0.300000',
      'x, source: expected reported, got –',
      'findings: expected overdrawn (1), got none',
    ]);
  });
});
