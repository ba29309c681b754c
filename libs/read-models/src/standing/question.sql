-- A company's totals, as of a day, as known at a position. No row: nothing is known of it by then.
CREATE FUNCTION standing(of_company text, as_of date, at_position bigint)
RETURNS TABLE (company bytewise, register bytewise, total_outstanding numeric, total_fully_diluted numeric,
  since date)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT s.company, s.register,
    CASE s.register WHEN 'recorded' THEN s.units_outstanding END,  -- notional units mean nothing
    CASE s.register WHEN 'recorded' THEN s.units_in_issue END,
    s.effective_from
  FROM identities(of_company, at_position) asked
  JOIN standing s ON s.company = asked.read_as
  WHERE s.effective_from <= as_of AND s.known_from <= at_position AND at_position < s.known_to
  ORDER BY s.effective_from DESC
  LIMIT 1;
END;
