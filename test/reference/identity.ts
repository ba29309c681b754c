import type { Claim, Entry, Said } from './claims.ts';
import { UNDISCLOSED, strongestFirst } from './claims.ts';
import type { DatedFinding } from './finding.ts';
import { ascending } from './finding.ts';

interface Identities {
  /** The id a party is read under. */
  readonly readUnder: (party: string) => string;
  readonly findings: DatedFinding[];
}

/** Nothing dates an identity, so what is wrong with it shows on every day. */
const EVERY_DAY = '0001-01-01';

/**
 * B3: "`sameAs` of a standing party-described: everything said under `party` is read under the other id
 * (of several the strongest, then the newest counts; `undisclosed` is never joined). A circle joins nothing
 * and raises `identity-cycle` at each company in it."
 */
export function identities(standing: readonly Entry[]): Identities {
  const joins = new Map<string, { to: string; position: number }>();
  for (const { claim, position } of [...standing].sort(strongestFirst)) {
    const { party, sameAs } = claim.data;
    if (claim.type !== 'party-described' || party === undefined || sameAs === undefined) continue;
    if (party === UNDISCLOSED || sameAs === UNDISCLOSED || joins.has(party)) continue;
    joins.set(party, { to: sameAs, position });
  }
  const circles = new Map<string, string[]>();
  for (const party of joins.keys()) {
    const circle = circleThrough(party, joins);
    if (circle !== undefined) circles.set([...circle].sort().join(' '), circle);
  }
  const inCircle = new Set([...circles.values()].flat());
  const readUnder = (party: string): string => {
    const join = inCircle.has(party) ? undefined : joins.get(party);
    return join === undefined ? party : readUnder(join.to);
  };
  return {
    readUnder,
    findings: [...circles.values()].map((companies) => ({
      kind: 'identity-cycle',
      companies,
      day: EVERY_DAY,
      entries: ascending(companies.map((party) => joins.get(party)?.position ?? 0)),
    })),
  };
}

/** The parties of the circle that leads from `party` back to it, if there is one. */
function circleThrough(
  party: string,
  joins: ReadonlyMap<string, { to: string }>,
): string[] | undefined {
  const path = [party];
  let next = joins.get(party)?.to;
  while (next !== undefined && !path.includes(next)) {
    path.push(next);
    next = joins.get(next)?.to;
  }
  return next === party ? path : undefined;
}

/** The claim with every party it names under the id that party is read under. */
export function readClaim(claim: Claim, readUnder: (party: string) => string): Claim {
  const { data } = claim;
  const named = (['company', 'holder', 'counterparty', 'party', 'subject', 'toward'] as const)
    .map((field) => [field, data[field]] as const)
    .filter(([, party]) => party !== undefined && !party.startsWith('sector:'))
    .map(([field, party]) => [field, readUnder(party ?? '')]);
  return {
    ...claim,
    data: { ...data, ...(Object.fromEntries(named) as Said), ...listsRead(data, readUnder) },
  };
}

function listsRead(data: Said, readUnder: (party: string) => string): Said {
  return {
    ...(data.participants && {
      participants: data.participants.map((one) => ({ ...one, investor: readUnder(one.investor) })),
    }),
    ...(data.conversions && {
      conversions: data.conversions.map((one) => ({ ...one, holder: readUnder(one.holder) })),
    }),
    ...(data.comparedWith && {
      comparedWith: data.comparedWith.map((one) => ({ ...one, holder: readUnder(one.holder) })),
    }),
    ...(data.computeCommitments && {
      computeCommitments: data.computeCommitments.map((one) => ({
        ...one,
        provider: readUnder(one.provider),
      })),
    }),
    ...(data.affiliations && {
      affiliations: data.affiliations.map((one) => ({ ...one, to: readUnder(one.to) })),
    }),
  };
}
