import { readEntriesAt } from '#libs/ledger';
import type { Link } from '#libs/fold';
import type { ClientBase } from 'pg';
import { decode } from './ledger-entry.ts';
import type { LedgerEntry } from './ledger-entry.ts';
import { Lookup } from './lookup.ts';

/** Who asks for a link; of a rate, who may need it on its day or later. */
export interface Asking {
  readonly link: Link;
  /** Null: whatever the day. */
  readonly on: string | null;
}

/** Entries are read from the ledger at most this many at once. */
const READ_AT_ONCE = 5_000;

/**
 * What a batch needs to know of the ledger up to its last position, in a few set queries: however
 * many companies ask, a round of `fetch` is one query a kind of question. What is not in hand yet is
 * undefined.
 */
export class Evidence {
  readonly #client: ClientBase;
  readonly #schema: string;
  readonly #upTo: number;
  readonly #entries = new Lookup<number, LedgerEntry>(String, (asked) => this.#readEntries(asked));
  readonly #mentions = new Lookup<Link, readonly number[]>(String, (asked) =>
    this.#readMentions(asked),
  );
  readonly #askers = new Lookup<Asking, readonly string[]>(
    ({ link, on }) => `${link} ${on ?? ''}`,
    (asked) => this.#readAskers(asked),
  );
  readonly #recorded = new Lookup<string, number>(String, (asked) => this.#readRecorded(asked));

  /** @param client inside the batch's transaction, with the links up to `upTo` written */
  constructor(client: ClientBase, { schema, upTo }: { schema: string; upTo: number }) {
    this.#client = client;
    this.#schema = schema;
    this.#upTo = upTo;
  }

  /** Puts entries in hand: the batch's own. */
  add(entries: readonly LedgerEntry[]): void {
    for (const entry of entries) this.#entries.tell(entry.position, entry);
  }

  /** Looks up all that was asked in vain since the last time. False: everything was in hand. */
  async fetch(): Promise<boolean> {
    const mentions = await this.#mentions.fetch();
    const askers = await this.#askers.fetch();
    const recorded = await this.#recorded.fetch();
    return (await this.#entries.fetch()) || mentions || askers || recorded;
  }

  entryAt(position: number): LedgerEntry | undefined {
    return this.#entries.ask(position);
  }

  /** Positions of the entries that bear a link, ascending. */
  positionsOf(link: Link): readonly number[] | undefined {
    return this.#mentions.ask(link);
  }

  /** Companies that were seen to ask for a link before the batch. */
  askersOf(asking: Asking): readonly string[] | undefined {
    return this.#askers.ask(asking);
  }

  /** Where an entry is recorded, by `source id`; 0: nowhere yet. */
  positionOf(reference: string): number | undefined {
    return this.#recorded.ask(reference);
  }

  async #readEntries(positions: readonly number[]): Promise<LedgerEntry[]> {
    const found = new Map<number, LedgerEntry>();
    for (let from = 0; from < positions.length; from += READ_AT_ONCE) {
      const some = positions.slice(from, from + READ_AT_ONCE);
      for (const stored of await readEntriesAt(this.#client, some)) {
        found.set(stored.position, decode(stored));
      }
    }
    return positions.flatMap((position) => found.get(position) ?? []);
  }

  async #readMentions(links: readonly Link[]): Promise<number[][]> {
    const { rows } = await this.#client.query<{ link: string; positions: string[] }>({
      name: `mentions-${this.#schema}`,
      text: `
        SELECT link, array_agg(position ORDER BY position)::text[] AS positions
        FROM ${this.#schema}.mention WHERE link = ANY ($1::text[]) AND position <= $2
        GROUP BY link`,
      values: [links, this.#upTo],
    });
    const found = new Map(rows.map(({ link, positions }) => [link, positions.map(Number)]));
    return links.map((link) => found.get(link) ?? []);
  }

  async #readAskers(asked: readonly Asking[]): Promise<string[][]> {
    const { rows } = await this.#client.query<{ n: string; companies: string[] }>({
      name: `askers-${this.#schema}`,
      text: `
        SELECT asked.n, array_agg(l.company) AS companies
        FROM unnest($1::text[], $2::date[]) WITH ORDINALITY AS asked (link, on_day, n)
        JOIN ${this.#schema}.company_link l ON l.link = asked.link
        WHERE asked.on_day IS NULL OR l.last_on >= asked.on_day
        GROUP BY asked.n`,
      values: [asked.map(({ link }) => link), asked.map(({ on }) => on)],
    });
    const found = new Map(rows.map(({ n, companies }) => [Number(n), companies]));
    return asked.map((_, index) => found.get(index + 1) ?? []);
  }

  async #readRecorded(references: readonly string[]): Promise<number[]> {
    const { rows } = await this.#client.query<{ n: string; position: string }>({
      name: 'recorded-identities',
      text: `
        SELECT asked.n, e.position
        FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS asked (source, id, n)
        JOIN ledger.entry e ON e.id = asked.id AND e.source = asked.source
        WHERE e.position <= $3`,
      values: [
        references.map((reference) => reference.slice(0, reference.indexOf(' '))),
        references.map((reference) => reference.slice(reference.indexOf(' ') + 1)),
        this.#upTo,
      ],
    });
    const found = new Map(rows.map(({ n, position }) => [Number(n), Number(position)]));
    return references.map((_, index) => found.get(index + 1) ?? 0);
  }
}
