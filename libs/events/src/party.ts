import { PRINTABLE, textOf } from './text.ts';

/** Names a company, giant, fund or person: `^[a-z0-9][a-z0-9-]{0,79}$`. */
export type PartyId = string;

/** The account of units whose holder nobody named, as holder, counterparty or investor. */
export const UNDISCLOSED: PartyId = 'undisclosed';

export const partyId = textOf(
  /^[a-z0-9][a-z0-9-]{0,79}$/,
  'a party id such as "moonshot-ai": 1 to 80 of a-z, 0-9 and -, not beginning with -',
);

/** A class of stock has the form of a party id. */
export const stockClass = textOf(
  /^[a-z0-9][a-z0-9-]{0,79}$/,
  'a stock class such as "preferred-a": 1 to 80 of a-z, 0-9 and -, not beginning with -',
);

/** A party, or a sector as `sector:<name>`. No party id has a colon, so the two never meet. */
export const partyOrSector = textOf(
  new RegExp(`^(?:[a-z0-9][a-z0-9-]{0,79}|sector:${PRINTABLE}{1,200})$`, 'u'),
  'a party id such as "moonshot-ai", or a sector such as "sector:large-model"',
);

export const isParty = (subject: string): subject is PartyId => !subject.startsWith('sector:');
