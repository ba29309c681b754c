import type { PartyId } from '#libs/events';
import type { Belief } from '#libs/fold';
import { step } from '../steps.ts';
import type { Step, StepTable } from '../steps.ts';

export const identityTable: StepTable = {
  name: 'identity',
  key: [['party', 'text']],
  values: ['read_as'],
};

/** Which id a party is read under: one step where it is another id, else none. Pure. */
export function projectIdentity({ identities }: Belief, party: PartyId): Step[] {
  const id = identities.get(party);
  return id === undefined || id === party ? [] : [step(identityTable, [party], [id])];
}
