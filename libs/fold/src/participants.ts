import type { DataOf, PartyId } from '#libs/events';
import { addUp, type Part } from './added-up.ts';
import { take, type Competition, type Saying } from './compete.ts';
import { present, readConsideration, readMoney, readOwnership, readShares } from './stated.ts';
import type { Participant, Stated } from './fact.ts';
import type { Read } from './key.ts';
import type { Ranked } from './strength.ts';

/** One claim's list, added up by investor in its order. */
export interface ParticipantList {
  readonly parts: ReadonlyMap<PartyId, Part>;
  /** The claim says that it names everybody. */
  readonly complete: boolean;
}

export interface MergedParticipants {
  readonly participants: readonly Participant[];
  readonly participantsComplete?: Stated<true>;
}

type Listed = Ranked & { readonly list: ParticipantList };
/** Strongest first. */
type Lists = readonly Listed[];

/** An empty list says nothing, nor does `participantsComplete` beside it. */
export function readParticipants(
  said: Pick<DataOf<'round-closed'>, 'participants' | 'participantsComplete'>,
  read: Read,
): ParticipantList | undefined {
  const { participants = [], participantsComplete = false } = said;
  if (participants.length === 0) return undefined;
  const parts = participants.map((part) =>
    present({
      investor: { id: read(part.investor), said: part.investor },
      role: part.role,
      amounts: part.amount === undefined ? undefined : [readMoney(part.amount)],
      shares: readShares(part),
      ownership: readOwnership(part),
      consideration: readConsideration(part.consideration),
    }),
  );
  return { parts: addUp(parts), complete: participantsComplete };
}

/**
 * Participants merge by investor, each of their fields from the strongest claim that states it, in
 * the order of the strongest list, then of the next. If the strongest list says that it is
 * complete, its investors alone count.
 * Rule: docs/rules.md#b4
 */
export function mergeParticipants(
  competition: Competition<{ readonly participants?: ParticipantList }>,
): MergedParticipants {
  const lists = competition.ranked.flatMap(({ fields: { participants: list }, ...rank }) =>
    list === undefined ? [] : [{ ...rank, list }],
  );
  const [strongest] = lists;
  if (strongest === undefined) return { participants: [] };
  contest(competition, lists);
  const counting = strongest.list.complete ? [strongest] : lists;
  const investors = new Set(counting.flatMap(({ list }) => [...list.parts.keys()]));
  const participants = [...investors].map((investor) => merge(competition, lists, investor));
  return strongest.list.complete
    ? { participants, participantsComplete: { value: true, entry: strongest.position } }
    : { participants };
}

function merge({ contention }: Competition<object>, lists: Lists, investor: PartyId): Participant {
  const ranked = lists.flatMap(({ list, ...rank }): Saying<Part>[] => {
    const part = list.parts.get(investor);
    return part === undefined ? [] : [{ ...rank, fields: part }];
  });
  const [strongest] = ranked;
  if (strongest === undefined) throw new Error(`nobody names ${investor}`);
  const { said } = strongest.fields.investor;
  const competition = { ranked, contention, path: `participants/${investor}/` };
  const fields = take(competition, 'role', 'amounts', 'shares', 'ownership', 'consideration');
  return {
    investor: { value: investor, said, entry: strongest.position },
    ...fields,
    ...onlyAmount(fields.amounts),
  };
}

function onlyAmount(amounts: Participant['amounts']): Pick<Participant, 'amount'> {
  const [amount, another] = amounts?.value ?? [];
  if (amounts === undefined || amount === undefined || another !== undefined) return {};
  return { amount: { value: amount, entry: amounts.entry } };
}

/**
 * A complete list and a claim that names somebody it leaves out contradict each other. Where the
 * strongest list is complete, it wins; else the investor is believed, by the strongest claim that
 * names it, and the complete list loses.
 * Rule: docs/rules.md#b5
 */
function contest({ contention, path }: Competition<object>, lists: Lists): void {
  const [strongest, ...others] = lists;
  if (strongest === undefined || others.length === 0) return;
  const clashes = strongest.list.complete
    ? others
        .filter(({ list }) => leftOut(strongest.list, list).length > 0)
        .map((loser) => ({ loser, to: strongest }))
    : others.filter(({ list }) => list.complete).flatMap((loser) => believedInstead(loser, lists));
  for (const { loser, to } of clashes) contention.clash(to.position, loser.position);
  const losing = new Set(clashes.map(({ loser }) => loser.position));
  contention.contests.push({
    field: `${path}participants`,
    winner: { value: namesOf(strongest.list), entry: strongest.position },
    losers: others.map(({ list, position }) => ({
      value: namesOf(list),
      entry: position,
      conflicts: losing.has(position),
    })),
  });
}

/** Who is believed although a complete list leaves them out: by the strongest that names each. */
function believedInstead(loser: Listed, lists: Lists): { loser: Listed; to: Listed }[] {
  const named = new Map<PartyId, Listed>();
  for (const naming of lists) {
    for (const investor of leftOut(loser.list, naming.list)) {
      if (!named.has(investor)) named.set(investor, naming);
    }
  }
  return [...named.values()].map((to) => ({ loser, to }));
}

/** Whom `naming` names and `list` does not. */
function leftOut(list: ParticipantList, naming: ParticipantList): PartyId[] {
  return [...naming.parts.keys()].filter((investor) => !list.parts.has(investor));
}

function namesOf(list: ParticipantList): readonly PartyId[] {
  return [...list.parts.keys()];
}
