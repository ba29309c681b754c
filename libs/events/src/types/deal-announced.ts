import { z } from 'zod';
import { computeCommitments, consideration } from '../consideration.ts';
import { money } from '../money.ts';
import { partialDate } from '../partial-date.ts';
import { partyId } from '../party.ts';
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
    consideration,
  },
  { error: 'a participant {investor, role?, amount?, consideration?}' },
);

const schema = z.object(
  {
    dealId: identifier,
    company: partyId,
    kind: oneOf('funding-round', 'acquisition', 'secondary', 'convertible'),
    label: freeText.exactOptional(),
    roundType: roundType.exactOptional(),
    stage: oneOf('considered', 'in-talks', 'advanced', 'signed', 'dropped'),
    announcedOn: partialDate,
    amount: money.exactOptional(),
    preMoney: money.exactOptional(),
    postMoney: money.exactOptional(),
    participants: listOf(participant, 'participants'),
    computeCommitments,
    sources,
    supersedes: eventReference.exactOptional(),
  },
  { error: 'the data of deal-announced, an object' },
);

/** A transaction is intended or talked about. A later claim moves it to its next stage. */
export const dealAnnounced = Versions.first({ schema, conditions: [] });
