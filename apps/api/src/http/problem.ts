/** One thing wrong with a request. */
export interface RequestFault {
  /** Stable; in docs/errors.md. */
  readonly code: string;
  readonly in: 'query' | 'path' | 'body';
  /** RFC 6901, into the query's or the path's parameters by name, or into the body. */
  readonly pointer: string;
  readonly expected: string;
}

/** Every way a request can be answered other than with what it asked for; see docs/errors.md. */
export const problems = {
  'invalid-parameter': { status: 400, title: 'A parameter is wrong' },
  'unknown-parameter': { status: 400, title: 'A parameter is not known here' },
  'invalid-request': { status: 400, title: 'The request cannot be read' },
  'body-not-json': { status: 400, title: 'The body is not JSON' },
  'invalid-event': { status: 400, title: 'An event would be quarantined' },
  'cursor-gone': { status: 410, title: 'The list of this cursor is gone' },
  'batch-too-large': { status: 413, title: 'A batch has too many events' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'The body has another media type' },
  'no-such-route': { status: 404, title: 'There is nothing at this path' },
  'unknown-party': { status: 404, title: 'Nothing is said about this party' },
  'position-ahead': { status: 404, title: 'The ledger has not come to this position' },
  'not-projected-yet': { status: 503, title: 'Recorded, but not yet ready to be asked about' },
  'projection-not-ready': { status: 503, title: 'The read models are being built' },
  'projection-failed': { status: 503, title: 'This company could not be projected' },
  'kafka-unavailable': { status: 503, title: 'Events cannot be published now' },
  'temporarily-unavailable': { status: 503, title: 'The question cannot be answered now' },
  'internal-error': { status: 500, title: 'The service failed' },
} as const;

export type ProblemCode = keyof typeof problems;

/** Thrown by whatever cannot answer; `ProblemFilter` turns it into RFC 9457's JSON. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly faults: readonly RequestFault[];
  /** When to ask again; sent as Retry-After. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ProblemCode,
    detail: string,
    more: { faults?: readonly RequestFault[]; retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(detail, { cause: more.cause });
    this.name = 'Problem';
    this.code = code;
    this.faults = more.faults ?? [];
    this.retryAfterSeconds = more.retryAfterSeconds;
  }

  get status(): number {
    return problems[this.code].status;
  }
}
