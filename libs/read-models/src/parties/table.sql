-- What is said of a party from a day on: of each field the newest effective statement.
CREATE TABLE party (
  party          text COLLATE "C" NOT NULL,
  effective_from date NOT NULL,
  known_from     bigint NOT NULL,
  known_to       bigint NOT NULL DEFAULT 9223372036854775807,
  name           text,
  aliases        text[] NOT NULL,
  roles          text[] NOT NULL,
  founded_on     text,                       -- as said: a year, a month, a day …
  country        text,
  sectors        text[] NOT NULL,
  entries        bigint[] NOT NULL,
  PRIMARY KEY (party, effective_from, known_from),
  CHECK (known_from < known_to)
) WITH (fillfactor = 85);
