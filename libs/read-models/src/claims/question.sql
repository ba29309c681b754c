-- Convertible claims on a company that no conversion has named, as of a day, as known at a position.
CREATE FUNCTION claims(of_company text, as_of date, at_position bigint)
RETURNS TABLE (holder bytewise, round_id bytewise, tranche bigint, currency bytewise, amount numeric,
  entries bigint[])
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT c.holder, c.round_id, c.tranche, nullif(c.currency, ''), c.amount, c.entries
  FROM (
    SELECT DISTINCT ON (c.holder, c.round_id, c.tranche, c.currency) c.*
    FROM identities(of_company, at_position) asked
    JOIN claim c ON c.company = asked.read_as
    WHERE c.effective_from <= as_of AND c.known_from <= at_position AND at_position < c.known_to
    ORDER BY c.holder DESC, c.round_id DESC, c.tranche DESC, c.currency DESC, c.effective_from DESC
  ) c
  WHERE NOT c.ended;
END;
