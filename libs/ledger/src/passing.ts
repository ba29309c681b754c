/** PostgreSQL gave up waiting for a lock: lock_timeout. */
export const LOCK_NOT_AVAILABLE = '55P03';

/** SQLSTATEs, or classes of them, that may well be gone at the next attempt. */
const PASSING = [
  '08', // connection exceptions
  '40', // deadlock, serialization
  '53', // insufficient resources
  '57P', // shut down, restarting, terminated
  '57014', // statement timeout
  '25P03', // idle in transaction
  '25P04', // transaction timeout
  LOCK_NOT_AVAILABLE,
  'DL001', // taken over while it ran: the next attempt says which partitions
];

/** Whether a failure of PostgreSQL, or on the way to it, is worth another attempt. */
export function isPassing(error: unknown): boolean {
  const code = codeOf(error);
  if (code === undefined) return error instanceof Error && isConnectionLoss(error.message);
  return /^E[A-Z]+$/.test(code) || PASSING.some((prefix) => code.startsWith(prefix));
}

/** node-postgres gives its own connection errors no code. */
function isConnectionLoss(message: string): boolean {
  return /connection|Client has encountered|not queryable/i.test(message);
}

/** The SQLSTATE, or the operating system's code. */
export function codeOf(error: unknown): string | undefined {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : undefined;
}
