-- Comparisons of parties in force at a company, each told from both sides (docs/rules.md#s4).
CREATE FUNCTION comparisons(of_company text, as_of date, at_position bigint)
RETURNS TABLE (holder bytewise, than bytewise, relation bytewise, entry bigint)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  WITH latest AS (
    SELECT DISTINCT ON (c.holder, c.than) c.holder, c.than, c.relation, c.entry
    FROM comparison c
    WHERE c.company = of_company AND c.effective_from <= as_of
      AND c.known_from <= at_position AND at_position < c.known_to
    ORDER BY c.holder, c.than, c.effective_from DESC)
  SELECT l.holder, l.than, l.relation, l.entry FROM latest l
  UNION ALL
  SELECT l.than, l.holder,
    CASE l.relation WHEN 'more' THEN 'less' WHEN 'less' THEN 'more' ELSE l.relation END, l.entry
  FROM latest l;
END;
