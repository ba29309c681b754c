import type { Coordinates } from '#libs/platform';
import { z } from 'zod';
import type { ReceivedEvent, ReceivedEvents } from './received.ts';

const accepted = z.object({
  source: z.string(),
  id: z.string(),
  type: z.string(),
  topic: z.string(),
  partition: z.int(),
  offset: z.string().meta({ description: 'Ask /v1/events with these three for its fate.' }),
});

/** Where published events lie in Kafka; whether they are recorded, `GET /v1/events` tells. */
export const acceptance = z.object({ data: z.union([accepted, z.array(accepted)]) });
export type Acceptance = z.infer<typeof acceptance>;

const judged = z.object({
  valid: z.boolean(),
  source: z.string().nullable(),
  id: z.string().nullable(),
  type: z.string().nullable(),
  company: z.string().nullable(),
  businessKey: z.string().nullable().meta({ description: 'Claims with one key compete.' }),
  effectiveOn: z.string().nullable(),
  reason: z.string().nullable().meta({ description: 'Why it would be quarantined.' }),
  faults: z.array(z.object({ code: z.string(), pointer: z.string(), expected: z.string() })),
});

/** How events would be read; says nothing about what is recorded already. */
export const verdict = z.object({ data: z.union([judged, z.array(judged)]) });
export type Verdict = z.infer<typeof verdict>;

export function describeAcceptance(
  { isBatch, events }: ReceivedEvents,
  coordinates: readonly Coordinates[],
): Acceptance {
  const data = events.flatMap(({ reading }, index) => {
    const place = coordinates[index];
    if (!reading.ok || place === undefined) return [];
    const { source, id, type } = reading.claim;
    return [{ source, id, type, ...place, offset: place.offset.toString() }];
  });
  return { data: isBatch ? data : (data[0] ?? data) };
}

export function describeVerdict({ isBatch, events }: ReceivedEvents): Verdict {
  const data = events.map(judge);
  return { data: isBatch ? data : (data[0] ?? data) };
}

function judge({ reading }: ReceivedEvent): z.infer<typeof judged> {
  if (!reading.ok) {
    const { source = null, id = null } = reading.identity ?? {};
    const nothing = { type: null, company: null, businessKey: null, effectiveOn: null };
    const { reason, faults } = reading;
    return { valid: false, source, id, ...nothing, reason, faults: [...faults] };
  }
  const { source, id, type } = reading.claim;
  const { company, businessKey, effectiveOn } = reading.facts;
  const place = { source, id, type, company, businessKey, effectiveOn };
  return { valid: true, ...place, reason: null, faults: [] };
}
