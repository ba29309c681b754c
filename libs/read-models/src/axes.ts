import { day, partyId } from '#libs/events';
import { z } from 'zod';

/** A ledger position as a parameter or in a row. */
export const position = z.int().min(0).meta({ description: 'A position of the ledger.' });

/** The entries behind a row, ascending. */
export const entries = z.array(position);

/** Decimal text; never a JSON number. */
export const figure = z.string();

/** An amount a currency: `{"USD": "1000000000"}`. */
export const amounts = z.record(z.string(), figure);

/** Both time axes, last in every question: as of a day, as known at a position. */
export const axes = { asOf: day, atPosition: position };

export { day, partyId };
