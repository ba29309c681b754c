-- How far this filling has read the ledger: every row here tells of the entries up to `position`.
CREATE TABLE checkpoint (
  one_row  boolean PRIMARY KEY DEFAULT true CHECK (one_row),
  position bigint NOT NULL DEFAULT 0 CHECK (position >= 0),
  version  integer NOT NULL,
  moved_at timestamptz NOT NULL DEFAULT now()
);

-- Which entries bear a link of the fold: the way back from a company, a key or an id to the ledger.
CREATE TABLE mention (
  link     text COLLATE "C" NOT NULL,
  position bigint NOT NULL,
  PRIMARY KEY (link, position)
);

-- Which companies' folds ask for a link that does not lead to them by itself: an id that they name,
-- a company that theirs is joined with, a rate of their money. Never taken back: who is touched in
-- vain is only folded again.
CREATE TABLE company_link (
  link    text COLLATE "C" NOT NULL,
  company text COLLATE "C" NOT NULL,
  last_on date,                        -- of rates: the last day on which they convert money
  PRIMARY KEY (link, company)
);

-- Companies whose fold failed (a defect of this version), from a position until one it survived.
-- Nothing is believed of them in between: a figure from before would be passed off as current.
CREATE TABLE failed_company (
  company    text COLLATE "C" NOT NULL,
  known_from bigint NOT NULL,
  known_to   bigint NOT NULL DEFAULT 9223372036854775807,
  error      text NOT NULL,
  PRIMARY KEY (company, known_from),
  CHECK (known_from < known_to)
) WITH (fillfactor = 85);
