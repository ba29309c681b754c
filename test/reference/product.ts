import { readEnvelope } from '#libs/events';
import type { Belief, Entry as LedgerEntry } from '#libs/fold';
import { believe, capTable, fold, readAs } from '#libs/fold';
import type { CapTable, Question } from './cap-table.ts';
import type { Entry } from './claims.ts';

/** The entries as the ledger would hand them to the product's fold. */
export const ledgerEntries = (entries: readonly Entry[]): LedgerEntry[] =>
  entries.map(({ position, claim }) => {
    const reading = readEnvelope({ specversion: '1.0', ...claim });
    if (!reading.ok) throw new Error(`${claim.id}: ${JSON.stringify(reading.faults)}`);
    return { position, claim: reading.claim };
  });

/** The product's answer to the same question, in the reference's shape. */
export const productTable = (
  entries: readonly LedgerEntry[],
  asked: string,
  { asOf, position }: Question,
): CapTable => productTableOf(believe(entries, position), asked, asOf);

export function productTableOf(belief: Belief, asked: string, asOf: string): CapTable {
  const table = capTable(fold(belief, readAs(belief.identities, asked)), asOf);
  return {
    ...table,
    lines: table.lines.map((line) => ({
      holder: line.holder,
      stockClass: line.stockClass,
      units: line.units,
      ownership: line.ownership,
      ownershipFullyDiluted: line.ownershipFullyDiluted,
      ownershipAtMost: line.ownershipAtMost,
      basis: line.basis,
      source: line.source,
      estimated: line.estimated,
      comparisons: line.comparisons,
      entries: line.entries,
    })),
  };
}
