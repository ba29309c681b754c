import { z } from 'zod';
import { computeCommitments, consideration } from '../consideration.ts';
import { decimal } from '../decimal.ts';
import { holdingFields } from '../holding.ts';
import { money } from '../money.ts';
import { sequence, tranche } from '../ordinal.ts';
import { partialDate } from '../partial-date.ts';
import { partyId, stockClass } from '../party.ts';
import { eventReference } from '../reference.ts';
import { roundType } from '../round-type.ts';
import { sources } from '../source.ts';
import { freeText, identifier, listOf, oneOf } from '../text.ts';
import { Versions } from '../versions.ts';

const participant = z.object(
  {
    investor: partyId,
    role: oneOf('lead', 'participant').exactOptional(),
    amount: money.exactOptional(),
    ...holdingFields,
    consideration,
  },
  { error: 'a participant {investor, role?, amount?, shares?, ownership?, consideration?}' },
);

const conversion = z.object(
  { holder: partyId, fromRoundId: identifier, ...holdingFields },
  { error: 'a conversion {holder, fromRoundId, shares?, ownership?}' },
);

const schema = z.object(
  {
    roundId: identifier,
    tranche: tranche.exactOptional(),
    dealId: identifier.exactOptional(),
    company: partyId,
    kind: oneOf('equity', 'secondary', 'convertible', 'acquisition', 'debt', 'grant'),
    label: freeText.exactOptional(),
    roundType: roundType.exactOptional(),
    closedOn: partialDate,
    sequence: sequence.exactOptional(),
    amount: money.exactOptional(),
    preMoney: money.exactOptional(),
    postMoney: money.exactOptional(),
    stockClass: stockClass.exactOptional(),
    pricePerShare: money.exactOptional(),
    sharesIssued: decimal.exactOptional(),
    participants: listOf(participant, 'participants'),
    participantsComplete: z.boolean({ error: 'true or false' }).exactOptional(),
    conversions: listOf(conversion, 'conversions'),
    computeCommitments,
    sources,
    supersedes: eventReference.exactOptional(),
  },
  { error: 'the data of round-closed, an object' },
);

/** Money and securities changed hands. */
export const roundClosed = Versions.first({ schema, conditions: [] });
