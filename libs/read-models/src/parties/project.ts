import type { PartyId } from '#libs/events';
import { historyOfParty } from '#libs/fold';
import type { Belief, PartyDescribed, Position, Stated } from '#libs/fold';
import type { Cell } from '../copy-text.ts';
import { step } from '../steps.ts';
import type { Step, StepTable } from '../steps.ts';

export const partyTable: StepTable = {
  name: 'party',
  key: [
    ['party', 'text'],
    ['effective_from', 'date'],
  ],
  values: ['name', 'aliases', 'roles', 'founded_on', 'country', 'sectors', 'entries'],
};

/**
 * Every step of what is said of one party. Pure. A party read under another id has none.
 * Rule: docs/rules.md#b6
 */
export function projectParty(belief: Belief, party: PartyId): Step[] {
  const said = (belief.byCompany.get(party) ?? [])
    .filter((fact) => fact.type === 'party-described')
    .filter((fact) => fact.party === party);
  return historyOfParty(said).map((state) =>
    step(partyTable, [party, state.date.earliest], valuesOf(state)),
  );
}

function valuesOf({ name, aliases, roles, foundedOn, country, sectors }: PartyDescribed): Cell[] {
  const fields = [name, aliases, roles, foundedOn, country, sectors];
  return [
    textOf(name),
    listOf(aliases),
    listOf(roles),
    foundedOn?.text ?? null,
    textOf(country),
    listOf(sectors),
    ascending(fields.flatMap((field) => field?.entry ?? [])),
  ];
}

function textOf(field: Stated<string> | undefined): string | null {
  return field?.value ?? null;
}

function listOf(field: Stated<readonly string[]> | undefined): readonly string[] {
  return field?.value ?? [];
}

function ascending(entries: readonly Position[]): Position[] {
  return [...new Set(entries)].sort((a, b) => a - b);
}
