import { compareUtf8 } from '#libs/events';
import type { PartyId } from '#libs/events';
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

/** What is said of a party after one more day: of each field the newest effective statement. */
type Description = Partial<
  Pick<PartyDescribed, 'name' | 'aliases' | 'roles' | 'foundedOn' | 'country' | 'sectors'>
>;

/**
 * Every step of what is said of one party. Pure. A party read under another id has none.
 * Rule: docs/rules.md#b6
 */
export function projectParty(belief: Belief, party: PartyId): Step[] {
  const said = (belief.byCompany.get(party) ?? [])
    .filter((fact) => fact.type === 'party-described')
    .filter((fact) => fact.party === party)
    .sort((a, b) => compareUtf8(a.date.earliest, b.date.earliest));
  let description: Description = {};
  return said.map((fact) => {
    description = after(description, fact);
    return step(partyTable, [party, fact.date.earliest], valuesOf(description));
  });
}

/** Fields that the newer fact does not state carry forward. */
function after(before: Description, fact: PartyDescribed): Description {
  const { name, aliases, roles, foundedOn, country, sectors } = fact;
  return {
    ...before,
    ...(name && { name }),
    ...(aliases && { aliases }),
    ...(roles && { roles }),
    ...(foundedOn && { foundedOn }),
    ...(country && { country }),
    ...(sectors && { sectors }),
  };
}

function valuesOf(said: Description): Cell[] {
  const { name, aliases, roles, foundedOn, country, sectors } = said;
  const entries = ascending(Object.values(said).map(({ entry }) => entry));
  return [
    textOf(name),
    listOf(aliases),
    listOf(roles),
    foundedOn?.text ?? null,
    textOf(country),
    listOf(sectors),
    entries,
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
