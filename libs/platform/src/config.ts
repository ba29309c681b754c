import { z } from 'zod';

/** What is wrong with one environment variable. Never holds the value: it may be a secret. */
export interface ConfigurationFault {
  readonly variable: string;
  readonly expected: string;
}

/** The service cannot start as it was configured; lists every fault at once. Exit code 78. */
export class ConfigurationError extends Error {
  readonly faults: readonly ConfigurationFault[];

  constructor(faults: readonly ConfigurationFault[]) {
    super(
      [
        'The configuration is wrong:',
        ...faults.map(({ variable, expected }) => `  ${variable}: ${expected}`),
      ].join('\n'),
    );
    this.name = 'ConfigurationError';
    this.faults = faults;
  }
}

/**
 * Reads the environment by a schema whose fields are named like the variables.
 *
 * An empty variable counts as absent, since compose files pass on what is not set as ''.
 *
 * @throws ConfigurationError with all faults.
 */
export function loadConfig<S extends z.ZodObject>(
  schema: S,
  environment: NodeJS.ProcessEnv = process.env,
): z.output<S> {
  const given = Object.fromEntries(
    Object.keys(schema.shape).flatMap((name) => {
      const value = environment[name]?.trim();
      return value === undefined || value === '' ? [] : [[name, value]];
    }),
  );
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new ConfigurationError(
    parsed.error.issues.map((issue) => {
      const variable = String(issue.path[0]);
      const missing = issue.code === 'invalid_type' && !(variable in given);
      return { variable, expected: missing ? 'is required' : issue.message };
    }),
  );
}

/** A whole number, written in decimal digits. */
export function integer(limits: { min: number; max: number }): z.ZodType<number, string> {
  const expected = `a whole number from ${limits.min} to ${limits.max} is expected`;
  return z
    .string()
    .regex(/^\d{1,15}$/, expected)
    .transform(Number)
    .pipe(z.number().min(limits.min, expected).max(limits.max, expected));
}

const yes = ['true', '1', 'yes', 'on'] as const;
const no = ['false', '0', 'no', 'off'] as const;

/** `true` or `false`, in any case; `1` and `0`, `yes` and `no`, `on` and `off` are read alike. */
export function boolean(): z.ZodType<boolean, string> {
  return z
    .string()
    .toLowerCase()
    .pipe(z.enum([...yes, ...no], { error: 'true or false is expected' }))
    .transform((word) => yes.some((candidate) => candidate === word));
}

/** A list separated by commas; empty parts are dropped, what remains must not be empty. */
export function list(part: z.ZodType<string, string>): z.ZodType<string[], string> {
  return z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== ''),
    )
    .pipe(z.array(part).min(1, 'a list separated by commas is expected'));
}
