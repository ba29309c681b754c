import { jsonSchemas } from '#libs/events';

/** A structured-mode CloudEvent, not yet read. */
export interface Envelope {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly time?: string;
  readonly data: Data;
}

/** Refers to the claim at a position of the same transcript. */
type Cite = (position: string) => { readonly source: string; readonly id: string };
type Data = Record<string, unknown>;
type Field = readonly [name: string, value: unknown];

const STRENGTHS = ['filing', 'official', 'reported', 'rumoured'];

/**
 * Reads the claims of a transcript as README.md of this folder describes them. The claim at
 * position n has the id `e<n>`. Throws on a line that is not in the notation, and on a field
 * that its type of event does not have: the ledger would keep that, and nobody would notice.
 */
export function readClaims(blocks: readonly string[]): Envelope[] {
  const texts = blocks.flatMap((block) => linesOf(block));
  const sources = texts.map((text) => itemsOf(text).find((item) => item.startsWith('by ')));
  const cite: Cite = (position) => {
    const index = Number(position) - 1;
    if (texts[index] === undefined) throw new Error(`There is no claim ${position} to refer to.`);
    return { source: sourceOf(sources[index]), id: `e${position}` };
  };
  return texts.map((text, index) => readClaim(text, index + 1, cite));
}

/** One text a claim: lines that go on are indented. */
function linesOf(block: string): string[] {
  return block
    .replace(/\n +/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '');
}

const itemsOf = (text: string): string[] => text.replace(/^\d+\. /, '').split(' · ');
const sourceOf = (item: string | undefined): string => item?.slice('by '.length) ?? 'desk';

function readClaim(text: string, position: number, cite: Cite): Envelope {
  if (!text.startsWith(`${position}. `)) throw new Error(`Claim ${position} expected: ${text}`);
  const items = itemsOf(text);
  const basis = STRENGTHS.includes(items[0] ?? '') ? items.shift() : undefined;
  const [subject = '', ...rest] = items;
  const { type, data } = headOf(subject, position, cite);
  const publisher = rest.find((item) => item.startsWith('by '));
  const said = rest.find((item) => item.startsWith('said '));
  for (const item of rest) {
    if (item === publisher || item === said) continue;
    for (const [name, value] of fieldsOf(item, cite)) data[name] = value;
  }
  const source = sourceOf(publisher);
  if (basis !== undefined) data['sources'] = [{ publisher: source, basis }];
  refuseStrangers(type, data, text);
  const time = said === undefined ? {} : { time: `${said.slice('said '.length)}T00:00:00Z` };
  return { specversion: '1.0', id: `e${position}`, source, type, ...time, data };
}

type Head = (parts: readonly string[], position: number, cite: Cite) => Data;

const ROUND = 'equity|secondary|convertible|acquisition|debt|grant';
const STAKE = 'issuance|transfer|repurchase|cancellation|conversion|exercise|split|disclosure|exit';

/** What a claim begins with, by its type. */
const HEADS: readonly (readonly [type: string, pattern: RegExp, head: Head])[] = [
  [
    'round-closed',
    new RegExp(`^(?:(${ROUND}) )?round (\\S+?)(?:#(\\d+))? of (\\S+) closed (\\S+)$`),
    ([kind = 'equity', roundId, tranche, company, closedOn]) => ({
      ...{ roundId, ...(tranche !== undefined && { tranche: Number(tranche) }) },
      ...{ company, kind, closedOn },
    }),
  ],
  [
    'stake-changed',
    new RegExp(`^(${STAKE})(?: (?:to|by|from|of) (\\S+))? in (\\S+) on (\\S+)$`),
    ([kind, holder, company, effectiveOn], position) => ({
      transactionId: `t${position}`,
      ...{ company, ...(holder !== undefined && { holder }), effectiveOn, kind },
    }),
  ],
  [
    'deal-announced',
    /^deal (\S+) of (\S+) announced (\S+)$/,
    ([dealId, company, announcedOn]) => ({ dealId, company, announcedOn }),
  ],
  [
    'party-described',
    /^party (\S+) described (\S+)$/,
    ([party, effectiveOn]) => ({ party, effectiveOn }),
  ],
  [
    'fx-rate-published',
    /^rate ([A-Z]{3})\/([A-Z]{3}) ([\d.,]+) on (\S+)$/,
    ([base, quote, rate = '', on]) => ({ base, quote, rate: plain(rate), on }),
  ],
  [
    'stance-stated',
    /^stance (\S+) of (\S+) toward (\S+) on (\S+)$/,
    ([stanceId, party, toward, effectiveOn]) => ({ stanceId, party, toward, effectiveOn }),
  ],
  [
    'figure-stated',
    /^figure (\S+) about (\S+) for (\S+)$/,
    ([figureId, subject, on]) => ({ figureId, subject, on }),
  ],
  [
    'entry-retracted',
    /^retraction of (\d+)$/,
    ([position = ''], _, cite) => ({ retracts: cite(position) }),
  ],
];

function headOf(subject: string, position: number, cite: Cite): { type: string; data: Data } {
  for (const [type, pattern, head] of HEADS) {
    const parts = pattern.exec(subject)?.slice(1);
    if (parts !== undefined) return { type, data: head(parts, position, cite) };
  }
  throw new Error(`Claim ${position} begins like no type of claim: ${subject}`);
}

/** `amount about USD 1,000`: a field and what it says; some fields stand with a qualifier. */
function fieldsOf(item: string, cite: Cite): Field[] {
  const [, name = '', text = ''] = /^(\S+)(?: (.*))?$/.exec(item) ?? [];
  if (name === 'shares' || name === 'ownership') return figureOf(name, text);
  const key = LISTS.get(name);
  if (key !== undefined) return [[name, listOf(key, text, cite)]];
  return [[name, VALUES.get(name)?.(text, cite) ?? text]];
}

const plain = (text: string): string => text.replaceAll(',', '');

function moneyOf(text: string): Data {
  const parts = /^(?:(about|over|under) )?([A-Z]{3}) ([\d.,]+)$/.exec(text);
  if (parts === null) throw new Error(`No money: ${text}`);
  const [, qualifier, currency, amount = ''] = parts;
  return { amount: plain(amount), currency, ...(qualifier !== undefined && { qualifier }) };
}

function figureOf(name: 'shares' | 'ownership', text: string): Field[] {
  const parts = /^(?:(about|over|under) )?([\d.,]+)(?: (fully-diluted))?$/.exec(text);
  if (parts === null) throw new Error(`No figure: ${text}`);
  const [, qualifier, figure = '', basis] = parts;
  return [
    [name, plain(figure)],
    ...(qualifier === undefined ? [] : [[`${name}Qualifier`, qualifier] as const]),
    ...(basis === undefined ? [] : [[`${name}Basis`, basis] as const]),
  ];
}

function ratioOf(text: string): Data {
  const [numerator, denominator] = text.split(':');
  return { numerator, denominator };
}

type ReadValue = (text: string, cite: Cite) => unknown;

/** The fields that are not text. */
const VALUES: ReadonlyMap<string, ReadValue> = new Map<string, ReadValue>([
  ...['amount', 'preMoney', 'postMoney', 'pricePerShare'].map((name) => [name, moneyOf] as const),
  ...['sharesIssued', 'sharesOutstanding', 'toShares'].map((name) => [name, plain] as const),
  ...['aliases', 'roles', 'sectors'].map((name) => [name, namesOf] as const),
  ['sequence', Number],
  ['participantsComplete', (text: string) => text !== 'false'],
  ['ratio', ratioOf],
  ['supersedes', (position: string, cite: Cite) => cite(position)],
  ['comparedWith', (text: string) => namesOf(text).map(comparisonOf)],
  ['consideration', priceOf],
]);

function namesOf(text: string): string[] {
  return text.split(', ');
}

function comparisonOf(text: string): Data {
  const [relation, , holder] = text.split(' ');
  return { holder, relation };
}

function priceOf(text: string, cite: Cite): Data[] {
  return split(text, ' + ').map((part) => memberOf('form', part, cite));
}

/** Lists of things with fields of their own: the field that names each. */
const LISTS: ReadonlyMap<string, string> = new Map([
  ['participants', 'investor'],
  ['conversions', 'holder'],
  ['computeCommitments', 'provider'],
  ['affiliations', 'to'],
]);

/** `cy (shares 5, role lead), di`: commas inside brackets part fields, outside them members. */
function listOf(key: string, text: string, cite: Cite): Data[] {
  return split(text, ', ').map((member) => memberOf(key, member, cite));
}

function memberOf(key: string, text: string, cite: Cite): Data {
  const [, name = '', inside = ''] = /^(\S+)(?: \((.*)\))?$/.exec(text) ?? [];
  const fields = split(inside, ', ').flatMap((item) => fieldsOf(item, cite));
  return { [key]: name, ...Object.fromEntries(fields) };
}

/** Splits where no bracket is open. */
function split(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  for (const piece of text === '' ? [] : text.split(separator)) {
    if (depth > 0) parts.push(`${parts.pop() ?? ''}${separator}${piece}`);
    else parts.push(piece);
    depth += piece.split('(').length - piece.split(')').length;
  }
  return parts;
}

interface Schema {
  readonly properties?: Record<string, Schema>;
  readonly items?: Schema;
}

const SCHEMAS = jsonSchemas() as Record<string, Schema | undefined>;

function refuseStrangers(type: string, data: Data, text: string): void {
  const strangers = strangersIn(data, SCHEMAS[`${type}/v1`] ?? {});
  if (strangers.length > 0) throw new Error(`${type} has no ${strangers.join(', ')}: ${text}`);
}

/** The fields that a value has and its schema does not. */
function strangersIn(value: unknown, { properties, items }: Schema): string[] {
  if (Array.isArray(value)) return value.flatMap((member) => strangersIn(member, items ?? {}));
  if (properties === undefined || typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    properties[name] === undefined ? [name] : strangersIn(inner, properties[name]),
  );
}
