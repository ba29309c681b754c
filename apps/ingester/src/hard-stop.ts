/**
 * Kafka does not hold what the ledger goes by. Going on would lose or mix up records, so the ingester
 * stops and says what an operator can do.
 */
export class HardStop extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'HardStop';
  }
}

interface Place {
  readonly id: number;
  readonly topic: string;
  readonly partition: number;
}

/** Records were deleted from Kafka before they were read. */
export function recordsLost(
  place: Place,
  { stored, earliest }: { stored: number; earliest: number },
) {
  const lost = earliest - stored;
  return new HardStop(
    `Kafka has deleted offsets ${stored} to ${earliest - 1} of ${named(place)} before they were ` +
      `recorded. Bring them back, or accept their loss as deal_ledger_owner: UPDATE ` +
      `ledger.partition SET next_offset = ${earliest}, holes = holes + ${lost} WHERE id = ${place.id}`,
  );
}

/** The topic ends before what was read of it. */
export function topicCut(place: Place, { stored, end }: { stored: number; end: number }) {
  return new HardStop(
    `The ledger has read ${named(place)} up to offset ${stored}, and the topic ends at ${end}. ` +
      recreated,
  );
}

/** The topic holds another record where one was read before. */
export function topicReplaced(place: Place, offset: number) {
  return new HardStop(
    `Offset ${offset} of ${named(place)} does not hold the record that was read there. ${recreated}`,
  );
}

const recreated =
  'The topic was recreated, or Kafka restored to an earlier state. Entries keep their coordinates for ' +
  'ever, so these cannot be used again: publish to a topic of another name and put that into ' +
  'KAFKA_TOPICS in place of this one.';

const named = ({ topic, partition }: Place) => `${topic}[${partition}]`;
