-- Companies that cannot be answered for at a position: their fold failed, and why.
CREATE FUNCTION failed_companies(at_position bigint)
RETURNS TABLE (company bytewise, failed_at bigint, error bytewise)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT f.company, f.known_from, f.error FROM failed_company f
  WHERE f.known_from <= at_position AND at_position < f.known_to;
END;
