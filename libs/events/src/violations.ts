import { z } from 'zod';
import { breachOf } from './conditions.ts';
import { DECIMAL_EXPECTED } from './decimal.ts';
import type { FaultCode, Faults } from './fault.ts';
import { pointerTo, type Path } from './pointer.ts';
import type { CompiledVersion } from './versions.ts';

/**
 * Holds the data against its schema and the rules between its fields. All that is wrong goes to
 * `faults`; `path` leads to the data in what was received. Extra fields are fine.
 */
export function findViolations(
  version: CompiledVersion,
  data: unknown,
  path: Path,
  faults: Faults,
): void {
  if (!z.validate(version.compiled, data)) {
    for (const issue of version.schema.safeParse(data).error?.issues ?? [])
      addIssue(issue, data, path, faults);
  }
  if (typeof data !== 'object' || data === null) return;
  for (const condition of version.conditions) {
    const breach = breachOf(condition, data);
    if (breach === null) continue;
    const pointer = pointerTo([...path, breach.field]);
    faults.add({ code: 'schema-violation', pointer, expected: breach.expected });
  }
}

function addIssue(issue: z.core.$ZodIssue, data: unknown, path: Path, faults: Faults): void {
  if (faults.isFull) return;
  const issuePath = issue.path as Path; // JSON has no symbols for keys.
  const received = valueAt(data, issuePath);
  faults.add({
    code: codeOf(issue, received),
    pointer: pointerTo([...path, ...issuePath]),
    expected: received === undefined ? `${issue.message}; it is required` : issue.message,
  });
}

function codeOf(issue: z.core.$ZodIssue, received: unknown): FaultCode {
  if (typeof received === 'number' && issue.message.startsWith(DECIMAL_EXPECTED))
    return 'number-for-decimal';
  if (typeof received === 'string' && issue.code === 'invalid_value') return 'unknown-enum';
  return 'schema-violation';
}

const valueAt = (data: unknown, path: Path): unknown =>
  path.reduce((inside, key) => (inside as Record<string, unknown> | null)?.[key], data);
