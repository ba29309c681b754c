-- What there is to look at in a company's record, as of a day, as known at a position.
CREATE FUNCTION findings(of_company text, as_of date, at_position bigint)
RETURNS TABLE (kind bytewise, entries bigint[], since date)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT f.kind, f.entries, f.effective_from
  FROM (
    SELECT DISTINCT ON (f.kind, f.entries) f.kind, f.entries, f.effective_from, f.ended
    FROM identities(of_company, at_position) asked
    JOIN finding f ON f.company = asked.read_as
    WHERE f.effective_from <= as_of AND f.known_from <= at_position AND at_position < f.known_to
    ORDER BY f.kind, f.entries, f.effective_from DESC) f
  WHERE NOT f.ended;
END;
