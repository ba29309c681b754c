import { canonicalText, quoteAny, quoteUnescaped } from './canonical.ts';
import { claimTypes, type Claim } from './claim.ts';
import { indexOf, type ClaimIndex } from './claim-index.ts';
import { FoundEnvelope, type Envelope } from './envelope.ts';
import { Faults, type Fault, type ReasonCode } from './fault.ts';
import { findHeaders, headerPointer, type Header } from './headers.ts';
import { inspect } from './inspect.ts';
import { pointerTo, type Path } from './pointer.ts';
import type { EventReference } from './reference.ts';
import { decodeUtf8, utf8Length } from './utf8.ts';
import { findViolations } from './violations.ts';

/** A record as Kafka delivered it. */
export interface Received {
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly headers: readonly Header[];
}

/** A claim, or all that is wrong with it. */
export type Reading =
  | {
      readonly ok: true;
      readonly claim: Claim;
      readonly facts: ClaimIndex;
      /** Type and canonical data as received: two records say the same if this text is equal. */
      readonly content: string;
    }
  | {
      readonly ok: false;
      /** The code of the first fault. */
      readonly reason: ReasonCode;
      readonly faults: readonly Fault[];
      /** Where source and id could be read all the same. */
      readonly identity?: EventReference;
    };

/** A value of more bytes is not read at all. */
export const VALUE_BYTES_MAX = 1_048_576;

const STRUCTURED = /^application\/cloudevents\+json *(?:;|$)/i;
const CLOUDEVENTS = /^application\/cloudevents/i;

/**
 * Reads a record in either CloudEvents mode. Total: whatever the bytes, it answers, in time
 * linear in their number.
 */
export function read({ value, headers }: Received): Reading {
  const faults = new Faults();
  const { contentType, binary } = findHeaders(headers, faults);
  const parsed = parse(value, faults);
  if (contentType !== null && CLOUDEVENTS.test(contentType)) {
    if (!STRUCTURED.test(contentType)) {
      const pointer = headerPointer('content-type', headers);
      faults.add({ code: 'no-envelope', pointer, expected: ONE_EVENT });
    } else if (parsed !== null) return readStructured(parsed, true, faults);
    return refusal(faults, null);
  }
  if (binary === null)
    return parsed === null ? refusal(faults, null) : readStructured(parsed, false, faults);
  const envelope = binary.read();
  if (parsed === null) return refusal(faults, envelope.identity);
  const { json: data, mayHoldBadText: inspected, quote } = parsed;
  if (inspected) inspect(data, [], faults);
  return judge({ envelope, data, quote, path: [], inspected }, faults);
}

/** Reads an already parsed structured-mode envelope as `read` would read its bytes. */
export function readEnvelope(json: unknown): Reading {
  const faults = new Faults();
  const reading = readStructured({ json, mayHoldBadText: true, quote: quoteAny }, false, faults);
  // What nests too deep is not written to be measured: JSON.stringify would overflow the stack.
  if (
    canonicalText(json, quoteAny, -1) === null ||
    utf8Length(JSON.stringify(json)) <= VALUE_BYTES_MAX
  )
    return reading;
  faults.add({ code: 'too-large', pointer: '', expected: SMALL });
  return refusal(faults, reading.ok ? reading.claim : (reading.identity ?? null));
}

const ONE_EVENT = 'content-type application/cloudevents+json: one event a record, in JSON';
const SMALL = `a value of at most ${VALUE_BYTES_MAX} bytes`;

interface Parsed {
  readonly json: unknown;
  /** Escapes are the only way for U+0000 or a lone surrogate to come in. */
  readonly mayHoldBadText: boolean;
  /** Writes a string of it. */
  readonly quote: typeof quoteAny;
}

function parse(value: Uint8Array | null, faults: Faults): Parsed | null {
  const refuse = (code: ReasonCode, expected: string): null => {
    faults.add({ code, pointer: '', expected });
    return null;
  };
  if (value === null || value.length === 0) return refuse('empty-value', 'a JSON value');
  if (value.length > VALUE_BYTES_MAX) return refuse('too-large', SMALL);
  const text = decodeUtf8(value);
  if (text === null) return refuse('not-json', 'JSON in UTF-8; these bytes are not UTF-8');
  try {
    const mayHoldBadText = text.includes('\\u');
    const quote = mayHoldBadText || text.includes('\\') ? quoteAny : quoteUnescaped;
    return { json: JSON.parse(text), mayHoldBadText, quote };
  } catch {
    return refuse('not-json', 'JSON (RFC 8259) in UTF-8 without a byte order mark');
  }
}

/** An envelope in the value, which the content type or nothing else announced. */
function readStructured(parsed: Parsed, announced: boolean, faults: Faults): Reading {
  const { json, quote } = parsed;
  if (!isObject(json) || !(announced || Object.hasOwn(json, 'specversion'))) {
    faults.add({ code: 'no-envelope', pointer: '', expected: announced ? AN_OBJECT : AN_ENVELOPE });
    return refusal(faults, null);
  }
  const inspected = parsed.mayHoldBadText || hasOddExtension(json);
  // The envelope is no level of its own: data may nest as deep in either mode.
  if (inspected) inspect(json, [], faults, -1);
  const envelope = new FoundEnvelope(json, (name) => pointerTo([name]), faults).read();
  return judge({ envelope, data: json.data, quote, path: ['data'], inspected }, faults);
}

const AN_OBJECT = 'a CloudEvents envelope, an object';
const AN_ENVELOPE =
  'CloudEvents 1.0: headers ce_specversion, ce_id, ce_source and ce_type, or a value with "specversion", "id", "source", "type" and "data"';

type JsonObject = Readonly<Record<string, unknown>>;

const isObject = (json: unknown): json is JsonObject =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

/** CloudEvents knows only scalars beside the data; what else there is wants a closer look. */
function hasOddExtension(envelope: JsonObject): boolean {
  for (const name in envelope) {
    const value = envelope[name];
    if (typeof value === 'object' && value !== null && name !== 'data') return true;
    if (typeof value === 'number' && value - value !== 0) return true;
  }
  return false;
}

/** An envelope with the data it came with. */
interface Letter {
  readonly envelope: Envelope;
  readonly data: unknown;
  /** Writes a string of the data. */
  readonly quote: typeof quoteAny;
  /** Leads to the data in what was received. */
  readonly path: Path;
  /** True: what has no canonical text is among the faults already. */
  readonly inspected: boolean;
}

function judge(letter: Letter, faults: Faults): Reading {
  const { envelope, data, quote, path, inspected } = letter;
  const { identity, type, version, time, saidAt } = envelope;
  const canonical = canonicalText(data, quote);
  if (type !== null && version !== null)
    findViolations(claimTypes[type].at(version), data, path, faults);
  if (canonical === null && !inspected) inspect(data, [...path], faults);
  if (identity === null || type === null || version === null || !faults.areNone)
    return refusal(faults, identity);
  const upcast = claimTypes[type].upcast(data as object, version);
  const claim = { type, ...identity, version, time, data: upcast } as Claim;
  return { ok: true, claim, facts: indexOf(claim, saidAt), content: `${type}\n${canonical}` };
}

function refusal(faults: Faults, identity: EventReference | null): Reading {
  const list = faults.list();
  const [first] = list;
  if (first === undefined) throw new Error('A record is only refused for a fault.');
  const refused = { ok: false, reason: first.code, faults: list } as const;
  return identity === null ? refused : { ...refused, identity };
}
