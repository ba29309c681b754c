import type { PartyId } from '#libs/events';
import type { Link } from '#libs/fold';
import type { Evidence } from './evidence.ts';
import { isReadable } from './ledger-entry.ts';
import type { LedgerEntry } from './ledger-entry.ts';
import { linkToRate, linksBorneBy, partsOf } from './links.ts';
import { subjectName } from './subject.ts';
import type { Subject } from './subject.ts';

/** A subject and the positions of a batch that may change it, ascending. */
export interface Route {
  readonly subject: Subject;
  readonly positions: number[];
}

/**
 * Whom each entry of a batch may touch, by what was asked for before the batch; what a fold asks for
 * within it, it finds itself. More costs time, fewer would be wrong. By the subject's name;
 * incomplete until `evidence` lacks nothing.
 */
export function route(
  batch: readonly LedgerEntry[],
  evidence: Evidence,
): ReadonlyMap<string, Route> {
  const routes = new Map<string, Route>();
  for (const entry of batch) {
    for (const subject of touchedBy(entry, evidence)) {
      const name = subjectName(subject);
      const found = routes.get(name);
      if (found === undefined) routes.set(name, { subject, positions: [entry.position] });
      else found.positions.push(entry.position);
    }
  }
  return routes;
}

function touchedBy(entry: LedgerEntry, evidence: Evidence): Subject[] {
  const reached = new Reached(entry, evidence);
  return [
    ...[...reached.rates].map((name): Subject => ({ kind: 'rate', name })),
    ...[...reached.parties].map((name): Subject => ({ kind: 'party', name })),
  ];
}

/** Whom an entry reaches: through itself, through what it removes, and what those compete with. */
class Reached {
  readonly parties = new Set<PartyId>();
  readonly rates = new Set<string>();
  readonly #evidence: Evidence;
  readonly #entries = new Set<number>();
  readonly #pending: LedgerEntry[] = [];

  constructor(first: LedgerEntry, evidence: Evidence) {
    this.#evidence = evidence;
    this.#entries.add(first.position);
    this.#pending.push(first);
    for (let entry = this.#pending.pop(); entry !== undefined; entry = this.#pending.pop()) {
      this.#follow(entry, entry === first);
    }
  }

  #follow(entry: LedgerEntry, isFirst: boolean): void {
    for (const link of linksBorneBy(entry)) {
      const [kind, name] = partsOf(link);
      switch (kind) {
        case 'key':
        case 'deal':
          for (const position of this.#evidence.positionsOf(link) ?? []) this.#reach(position);
          break;
        case 'target':
          this.#reach(this.#evidence.positionOf(name) ?? 0);
          break;
        case 'rate':
          this.rates.add(name);
          break;
        case 'pair':
          this.#reachAskers(link, isFirst ? dayOfRate(entry) : null);
          break;
        default:
          this.parties.add(name); // It asks for these links of its own accord.
          this.#reachAskers(link, null);
      }
    }
  }

  #reach(position: number): void {
    if (position === 0 || this.#entries.has(position)) return;
    const entry = this.#evidence.entryAt(position);
    if (entry === undefined) return;
    this.#entries.add(position);
    this.#pending.push(entry);
  }

  #reachAskers(link: Link, on: string | null): void {
    for (const company of this.#evidence.askersOf({ link, on }) ?? []) this.parties.add(company);
  }
}

/** A rate that comes touches nobody whose money was all converted on earlier days. */
function dayOfRate(entry: LedgerEntry): string | null {
  if (!isReadable(entry) || linkToRate(entry.claim) === null) return null;
  return entry.claim.type === 'fx-rate-published' ? entry.claim.data.on : null;
}
