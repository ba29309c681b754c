export { decodeHeaders, encodeHeaders } from './headers.ts';
export { migrate } from './migrate.ts';
export type { Db, Head, Range, StoredEntry } from './read.ts';
export { head, readEntries, readEntriesAt, readEntryOf, toEntry } from './read.ts';
export type { Role } from './roles.ts';
export { roles } from './roles.ts';
