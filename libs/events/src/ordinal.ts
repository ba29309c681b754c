import { z } from 'zod';

const TRANCHE = 'a whole number from 1 to 9007199254740991';
const SEQUENCE = 'a whole number from -9007199254740991 to 9007199254740991';

/** Which closing of a round; absent means 1. */
export const tranche = z.int({ error: TRANCHE }).min(1, { error: TRANCHE });

/** Order within a day; absent means 0. */
export const sequence = z.int({ error: SEQUENCE });
