-- A company's totals from a day on.
CREATE TABLE standing (
  company        text COLLATE "C" NOT NULL,
  effective_from date NOT NULL,
  known_from     bigint NOT NULL,
  known_to       bigint NOT NULL DEFAULT 9223372036854775807,
  register       text NOT NULL CHECK (register IN ('notional', 'recorded')),
  units_in_issue numeric NOT NULL,       -- T, options included
  units_outstanding numeric NOT NULL,    -- T without option, warrant and plan classes
  estimated_on   date,                   -- the day an estimate last changed T …
  estimated_ordinal integer,             -- … and which of its facts did
  PRIMARY KEY (company, effective_from, known_from),
  CHECK (known_from < known_to)
) WITH (fillfactor = 85);                -- known_to is in no index: closing a row stays in its page
