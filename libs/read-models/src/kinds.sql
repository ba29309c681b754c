-- Text of an answer: it compares by UTF-8 bytes, as in the tables, so that who orders and filters an
-- answer has the order right and the indexes used without saying so.
CREATE DOMAIN bytewise AS text COLLATE "C";

-- Ordered from surest to weakest, so that max() is the weakest (docs/rules.md#l2, docs/rules.md#l4).
CREATE TYPE basis AS ENUM ('recorded', 'disclosed', 'implied', 'undisclosed');
CREATE TYPE strength AS ENUM ('filing', 'official', 'reported', 'rumoured');

-- One list out of many; lists of no length are no rows of an array_agg.
CREATE AGGREGATE array_concat(bigint[]) (SFUNC = array_cat, STYPE = bigint[], PARALLEL = SAFE);
