import { readEnvelope } from '#libs/events';
import { capTable, fold, portfolio, readAs } from '#libs/fold';
import type { Belief, CapTableLine, Entry } from '#libs/fold';
import type { Day, PartyId } from '#libs/events';
import {
  capTable as capTableQuestion,
  claims,
  findings,
  identities,
  standing,
  valuations,
} from '#libs/read-models';
import type { Filling } from '#libs/read-models';
import type { Envelope, Projected } from './projected.ts';

/** A question's two axes. */
export interface Point {
  readonly asOf: Day;
  readonly atPosition: number;
}

/** What a company's questions answer in SQL. */
export async function answered(
  projected: Projected,
  filling: Filling,
  { company, ...point }: Point & { company: PartyId },
) {
  const given = { company, ...point };
  const [total] = await projected.ask(standing, filling, given);
  const lines = await projected.ask(capTableQuestion, filling, given);
  const convertible = await projected.ask(claims, filling, given);
  const [identity] = await projected.ask(identities, filling, {
    party: company,
    atPosition: point.atPosition,
  });
  return {
    readAs: identity?.readAs,
    register: total?.register ?? 'notional',
    totalOutstanding: total?.totalOutstanding ?? null,
    totalFullyDiluted: total?.totalFullyDiluted ?? null,
    lines,
    claims: convertible.map(({ holder, roundId, tranche, currency, amount }) => ({
      holder,
      roundId,
      tranche,
      amount: currency === null || amount === null ? null : { [currency]: amount },
    })),
    findings: (await projected.ask(findings, filling, given)).map(({ kind, entries }) => ({
      kind,
      entries,
    })),
    valuations: await projected.ask(valuations, filling, given),
  };
}

/** The same by believing and folding everything up to the position. */
export function folded(belief: Belief, { company, asOf }: { company: PartyId; asOf: Day }) {
  const id = readAs(belief.identities, company);
  const timeline = fold(belief, id);
  const table = capTable(timeline, asOf);
  return {
    readAs: id,
    register: table.register,
    totalOutstanding: table.totalOutstanding,
    totalFullyDiluted: table.totalFullyDiluted,
    lines: table.lines.map((line) => withoutReasons(line)),
    claims: table.claims,
    findings: table.findings,
    valuations: timeline.days
      .filter(({ day }) => day <= asOf)
      .flatMap(({ day, valuations }) => valuations.map((each) => ({ on: day, ...each }))),
  };
}

/** An investor's portfolio from the timelines of all companies; what is pledged is no part of it yet. */
export function foldedPortfolio(belief: Belief, asked: { investor: PartyId; asOf: Day }) {
  const byCompany = new Map(
    [...belief.byCompany].map(([company, facts]) => [
      company,
      facts.filter(({ type }) => type !== 'deal-announced'),
    ]),
  );
  const timelines = [...byCompany.keys()].map((company) => fold(belief, company));
  return portfolio(timelines, { ...belief, byCompany }, asked).map(
    ({ cost, claims, holder, company, ...row }) => {
      const { ownership, ownershipAtMost, basis, estimated, value, multiple } = row;
      const { consideration, firstInvestment, lastInvestment, entries } = row;
      return {
        ...{ holder, company, ownership, ownershipAtMost, basis, estimated, value, multiple },
        ...{ costKnown: cost.known, costUnknown: cost.unknown, consideration },
        claims: claims.map(({ roundId, tranche, amount }) => {
          const [[currency, sum] = [null, null]] = Object.entries(amount ?? {});
          return { roundId, tranche, currency, amount: sum };
        }),
        ...{ firstInvestment, lastInvestment, entries },
      };
    },
  );
}

/** Why a figure is unknown is told beside the rows, not in them. */
function withoutReasons(line: CapTableLine): Partial<CapTableLine> {
  const copy: Partial<CapTableLine> & { unknown?: unknown } = { ...line };
  delete copy.unknown;
  return copy;
}

/** Envelopes as the entries that they become, from position 1 on. */
export function entriesOf(envelopes: readonly Envelope[]): Entry[] {
  return envelopes.map((envelope, index) => {
    const reading = readEnvelope({ specversion: '1.0', ...envelope });
    if (!reading.ok) throw new Error(`${envelope.id}: ${JSON.stringify(reading.faults)}`);
    return { position: index + 1, claim: reading.claim };
  });
}
