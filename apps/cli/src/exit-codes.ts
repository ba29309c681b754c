import { exitCodes as serviceExitCodes } from '#libs/platform';

/** As docs/operate.md tells them; EX_DATAERR and EX_TEMPFAIL of sysexits.h. */
export const exitCodes = { ...serviceExitCodes, badData: 65, notRecorded: 75 } as const;
