import { compareUtf8, type PartyId } from '#libs/events';
import type { Change } from './change.ts';
import {
  isEnded,
  isOutstanding,
  isUnknown,
  type Company,
  type ComparisonInForce,
} from './company.ts';
import type { StakeChanged } from './fact.ts';
import type { ComparisonStep, Finding, Position, Units } from './timeline.ts';

type Relation = ComparisonInForce['relation'];

const MIRRORED: Readonly<Record<Relation, Relation>> = {
  more: 'less',
  less: 'more',
  equal: 'equal',
};

/**
 * Notes what a fact compares its holder with. Of two parties the latest comparison is in force; it
 * is kept once, the party that comes first in byte order first.
 * Rule: docs/rules.md#s4
 */
export function compareStakes(change: Change, fact: StakeChanged): void {
  const { holder, comparedWith } = fact;
  if (holder === undefined || comparedWith === undefined) return;
  for (const { holder: than, relation } of comparedWith.value) {
    if (than === holder.value) continue;
    const isInOrder = compareUtf8(holder.value, than) < 0;
    const pair = isInOrder
      ? { holder: holder.value, than, relation }
      : { holder: than, than: holder.value, relation: MIRRORED[relation] };
    putInForce(change, { ...pair, entry: comparedWith.entry, contradicted: false });
  }
}

function putInForce(change: Change, comparison: ComparisonInForce): void {
  const { holder, than } = comparison;
  const key = keyOfPair(holder, than);
  const earlier = change.company.comparisons.get(key);
  if (earlier === undefined) {
    notePair(change, holder, key);
    notePair(change, than, key);
  }
  // Until the end of the day decides, an earlier one counts as no longer contradicted.
  if (earlier?.contradicted === true) count(change, earlier.entry, -1);
  change.amend({ comparisons: change.company.comparisons.set(key, comparison) });
  change.compared.add(key);
}

function notePair(change: Change, party: PartyId, key: string): void {
  const { pairs } = change.company;
  change.amend({ pairs: pairs.set(party, [...(pairs.get(party) ?? []), key]) });
}

function keyOfPair(holder: PartyId, than: PartyId): string {
  return `${holder}\n${than}`;
}

function count(change: Change, entry: Position, added: 1 | -1): void {
  const { contradictions } = change.company;
  const now = (contradictions.get(String(entry)) ?? 0) + added;
  change.amend({ contradictions: contradictions.set(String(entry), now) });
}

/**
 * At the end of a day: which comparisons it put in force, and which of those in force known figures
 * now contradict, or no longer do.
 */
export function comparisonSteps(change: Change): {
  readonly comparisons: ComparisonStep[];
  readonly findings: Finding[];
} {
  const judged = new Set<Position>();
  for (const key of affectedPairs(change)) {
    const comparison = change.company.comparisons.get(key);
    if (comparison === undefined) continue;
    judge(change, key, comparison);
    judged.add(comparison.entry);
    judged.add(change.before.comparisons.get(key)?.entry ?? comparison.entry);
  }
  return {
    comparisons: [...change.compared].sort(compareUtf8).flatMap((key) => {
      const inForce = change.company.comparisons.get(key);
      if (inForce === undefined) return [];
      const { holder, than, relation, entry } = inForce;
      return [{ holder, than, relation, entry }];
    }),
    findings: [...judged].sort((a, b) => a - b).flatMap((entry) => turned(change, entry)),
  };
}

/** Pairs put in force today, and those of parties whose lines moved. */
function affectedPairs(change: Change): Set<string> {
  const affected = new Set(change.compared);
  if (change.company.pairs.size === 0) return affected;
  for (const { key } of change.touched.values()) {
    for (const pair of change.company.pairs.get(key.holder) ?? []) affected.add(pair);
  }
  return affected;
}

function judge(change: Change, key: string, comparison: ComparisonInForce): void {
  const contradicted = isContradicted(change.company, comparison);
  if (contradicted === comparison.contradicted) return;
  count(change, comparison.entry, contradicted ? 1 : -1);
  const { comparisons } = change.company;
  change.amend({ comparisons: comparisons.set(key, { ...comparison, contradicted }) });
}

/** The finding that this entry's comparison is contradicted: new, ended or neither. */
function turned(change: Change, entry: Position): Finding[] {
  const before = change.before.contradictions.get(String(entry)) ?? 0;
  const after = change.company.contradictions.get(String(entry)) ?? 0;
  if (before > 0 === after > 0) return [];
  return [{ kind: 'comparison-contradicted', entries: [entry], ended: after === 0 }];
}

/** Both stakes known, nothing unknown of either, and not as the comparison says. */
function isContradicted(company: Company, { holder, than, relation }: ComparisonInForce): boolean {
  const units = knownUnits(company, holder);
  const others = knownUnits(company, than);
  if (units === null || others === null) return false;
  return relation !== (units > others ? 'more' : units < others ? 'less' : 'equal');
}

/** Outstanding units; null for who holds nothing, or something unknown. */
function knownUnits(company: Company, id: PartyId): Units | null {
  const lines = (company.holders.get(id)?.lines ?? []).filter(([, line]) => !isEnded(line));
  if (lines.length === 0 || lines.some(([, { unknown }]) => isUnknown(unknown))) return null;
  return lines
    .filter(([stockClass]) => isOutstanding(stockClass))
    .reduce((total, [, { units }]) => total + units, 0n);
}
