import { eventSource, identifier } from '#libs/events';
import { z } from 'zod';

const expectedPosition = 'a ledger position: a whole number from 1, of at most 15 digits';

/** A position of the ledger; positions begin at 1. */
export const position = z
  .string({ error: expectedPosition })
  .regex(/^0{0,14}[1-9]\d{0,14}$/, expectedPosition)
  .transform(Number);

/** Half of an event's identity each; one is of no use without the other. */
export const identity = {
  source: eventSource.optional().meta({ description: 'The event’s source; beside `id`.' }),
  id: identifier.optional().meta({ description: 'The event’s id; beside `source`.' }),
};

/** A check that either none of some parameters is given, or all are. */
export function together(...names: readonly string[]) {
  return z.superRefine<object>(
    (value, context) => {
      const given = value as Record<string, unknown>;
      if (names.every((name) => given[name] === undefined)) return;
      for (const name of names.filter((candidate) => given[candidate] === undefined)) {
        const message = `required together with ${names.filter((other) => other !== name).join(' and ')}`;
        context.addIssue({ code: 'custom', path: [name], message });
      }
    },
    // Beside other faults too: all are told at once.
    { when: ({ value }) => typeof value === 'object' && value !== null },
  );
}

/** A check that a parameter is not given beside some others, and why. */
export function alone(name: string, others: readonly string[], because: string) {
  return z.superRefine<object>(
    (value, context) => {
      const given = value as Record<string, unknown>;
      if (given[name] === undefined) return;
      for (const other of others.filter((candidate) => given[candidate] !== undefined)) {
        context.addIssue({ code: 'custom', path: [other], message: because });
      }
    },
    { when: ({ value }) => typeof value === 'object' && value !== null },
  );
}

/** A short text to compare with, as publishers may state one. */
export const shortText = identifier;

/** Texts separated by commas; at most 100. */
export const textList = z
  .string({ error: 'texts separated by commas' })
  .transform((text) => text.split(','))
  .pipe(z.array(identifier).max(100, 'at most 100 texts separated by commas'));
