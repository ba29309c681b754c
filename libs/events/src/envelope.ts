import { CLAIM_TYPES, claimTypes, isClaimType, type ClaimType } from './claim.ts';
import type { FaultCode, Faults } from './fault.ts';
import { isBadText } from './pointer.ts';
import { EVENT_SOURCE, isEventSource, type EventReference } from './reference.ts';
import { IDENTIFIER, isIdentifier } from './text.ts';
import { microsecondsOf } from './timestamp.ts';

/** The CloudEvents 1.0 attributes that we read; all others are kept, not judged. */
export type Attribute = 'specversion' | 'id' | 'source' | 'type' | 'dataschema' | 'time';

/** What an envelope says, as far as it can be read: null is what cannot. */
export interface Envelope {
  readonly identity: EventReference | null;
  readonly type: ClaimType | null;
  /** Of the data; one that we know for the type. */
  readonly version: number | null;
  readonly time: string | null;
  /** µs since 1970 UTC. */
  readonly saidAt: bigint | null;
}

/** An envelope as found, in either mode. Its attributes may hold anything. */
export class FoundEnvelope {
  readonly #attributes: Readonly<Partial<Record<Attribute, unknown>>>;
  readonly #pointerOf: (attribute: Attribute) => string;
  readonly #faults: Faults;

  constructor(
    attributes: Readonly<Partial<Record<Attribute, unknown>>>,
    pointerOf: (attribute: Attribute) => string,
    faults: Faults,
  ) {
    this.#attributes = attributes;
    this.#pointerOf = pointerOf;
    this.#faults = faults;
  }

  /** What the attributes say; whatever is wrong with one goes to the faults. */
  read(): Envelope {
    if (this.#attributes.specversion !== '1.0')
      this.#accuse('specversion', 'no-envelope', 'the CloudEvents version, "1.0"');
    const id = this.#required('id', isIdentifier, IDENTIFIER);
    const source = this.#required('source', isEventSource, EVENT_SOURCE);
    const type = this.#type();
    const time = this.#time();
    return {
      identity: id === null || source === null ? null : { source, id },
      type,
      version: type === null ? null : this.#version(type),
      ...time,
    };
  }

  #required(name: Attribute, isFit: (text: string) => boolean, expected: string): string | null {
    const value = this.#attributes[name] ?? null;
    if (value === null) return this.#accuse(name, 'no-envelope', expected);
    if (typeof value === 'string' && isFit(value)) return value;
    return this.#accuse(name, formFault(value), expected);
  }

  #type(): ClaimType | null {
    const value = this.#attributes.type ?? null;
    if (value === null) return this.#accuse('type', 'no-envelope', EVENT_TYPE);
    if (typeof value === 'string' && isClaimType(value)) return value;
    return this.#accuse('type', 'unknown-type', EVENT_TYPE);
  }

  /** The N of a dataschema that ends in `/<type>/v<N>`; absent means 1. */
  #version(type: ClaimType): number | null {
    const schema = this.#attributes.dataschema ?? null;
    if (schema === null) return 1;
    const endings = ENDINGS.get(type) ?? [];
    if (typeof schema === 'string')
      for (let version = endings.length; version >= 1; version--)
        if (schema.endsWith(endings[version - 1] as string)) return version;
    const expected = `a URI that ends in ${endings.join(' or ')}, or none for version 1`;
    return this.#accuse('dataschema', 'unknown-version', expected);
  }

  #time(): Pick<Envelope, 'time' | 'saidAt'> {
    const time = this.#attributes.time ?? null;
    if (time === null) return { time: null, saidAt: null };
    const saidAt = typeof time === 'string' ? microsecondsOf(time) : null;
    if (typeof time === 'string' && saidAt !== null) return { time, saidAt };
    this.#accuse('time', formFault(time), 'an RFC 3339 time such as "2024-05-23T08:00:00Z"');
    return { time: null, saidAt: null };
  }

  #accuse(attribute: Attribute, code: FaultCode, expected: string): null {
    const pointer = this.#pointerOf(attribute);
    const fault = { code, pointer, expected: `${attribute}: ${expected}` };
    this.#faults.add(fault);
    return null;
  }
}

/** How the dataschema of each version of a type ends, from version 1 on. */
const endingsOf = (type: ClaimType): readonly string[] =>
  Array.from({ length: claimTypes[type].newest }, (_, i) => `/${type}/v${i + 1}`);

const ENDINGS = new Map(CLAIM_TYPES.map((type) => [type, endingsOf(type)]));

const EVENT_TYPE = `an event type: ${CLAIM_TYPES.join(', ')}`;

const formFault = (value: unknown): FaultCode =>
  typeof value === 'string' && isBadText(value) ? 'bad-text' : 'schema-violation';
