import { FoundEnvelope, type Attribute } from './envelope.ts';
import type { Faults } from './fault.ts';
import { pointerTo } from './pointer.ts';
import { RecurringTexts, decodeUtf8 } from './utf8.ts';

/** One header of a Kafka record. Names compare case-insensitively, and may be repeated. */
export type Header = readonly [name: string, value: Uint8Array | null];

/** What the headers of a record say about its envelope. */
export interface FoundHeaders {
  /** What the value is, where a header says so. */
  readonly contentType: string | null;
  /** The envelope of binary mode; null if no header makes one. */
  readonly binary: FoundEnvelope | null;
}

const CONTENT_TYPE = 'content-type';
type Slot = Attribute | typeof CONTENT_TYPE;

/** The headers that we read, by their names in small letters. */
const SLOTS = new Map<string, Slot>([
  [CONTENT_TYPE, CONTENT_TYPE],
  ['ce_specversion', 'specversion'],
  ['ce_id', 'id'],
  ['ce_source', 'source'],
  ['ce_type', 'type'],
  ['ce_dataschema', 'dataschema'],
  ['ce_time', 'time'],
]);
const NAME_LENGTH_MAX = 'ce_specversion'.length;

/** Stands for bytes that are no UTF-8: bad text, which no attribute may be. */
const UNDECODABLE = '\u0000';

/** Ids and times hardly recur; the rest is a few texts, again and again. */
const recurring = new RecurringTexts();

/** Finds the envelope in the headers of a record; attributes given twice and unlike are faults. */
export function findHeaders(headers: readonly Header[], faults: Faults): FoundHeaders {
  const texts: Texts = {
    [CONTENT_TYPE]: null,
    specversion: null,
    id: null,
    source: null,
    type: null,
    dataschema: null,
    time: null,
  };
  for (const [name, value] of headers) {
    const slot = slotOf(name);
    if (slot === undefined || value === null) continue;
    const text = textOf(slot, value);
    const earlier = (texts[slot] ??= text);
    if (earlier !== text && slot !== CONTENT_TYPE)
      faults.add({ code: 'no-envelope', pointer: pointerTo(['headers', name]), expected: ONE });
  }
  const pointerOf = (attribute: Attribute): string => headerPointer(attribute, headers);
  return {
    contentType: texts[CONTENT_TYPE],
    binary: makeAnEnvelope(texts) ? new FoundEnvelope(texts, pointerOf, faults) : null,
  };
}

type Texts = Record<Slot, string | null>;

const makeAnEnvelope = ({ specversion, id, source, type }: Texts): boolean =>
  specversion !== null || id !== null || source !== null || type !== null;

function textOf(slot: Slot, value: Uint8Array): string {
  const recurs = slot !== 'id' && slot !== 'time';
  return (recurs ? recurring.decode(value) : decodeUtf8(value)) ?? UNDECODABLE;
}

const ONE = 'this header once, or always with the same value';

function slotOf(name: string): Slot | undefined {
  const slot = SLOTS.get(name);
  if (slot !== undefined || name.length > NAME_LENGTH_MAX) return slot;
  return SLOTS.get(name.toLowerCase());
}

/** Where a header is, by its name as received, or where it should be. */
export function headerPointer(slot: Slot, headers: readonly Header[]): string {
  const [name] = headers.find(([name, value]) => value !== null && slotOf(name) === slot) ?? [];
  return pointerTo(['headers', name ?? (slot === CONTENT_TYPE ? slot : `ce_${slot}`)]);
}
