-- What a holder paid for what it has in a company, and that in one currency by the rates of a day.
-- A disclosed total cost takes the place of every purchase before it, and is no purchase itself.
CREATE FUNCTION cost(of_holder text, of_company text, as_of date, at_position bigint,
  in_currency text, on_day date)
RETURNS TABLE (known jsonb, unknown bigint, converted numeric, consideration jsonb,
  first_on date, last_on date, entries bigint[])
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  WITH purchases AS (
    SELECT p.*, coalesce(bool_or(p.replaces_earlier) OVER (
      ORDER BY p.effective_from DESC, p.ordinal DESC
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), false) AS replaced
    FROM purchase p
    WHERE p.holder = of_holder AND p.company = of_company AND p.effective_from <= as_of
      AND p.known_from <= at_position AND at_position < p.known_to),
  sums AS (
    SELECT known.currency, sum(known.amount::numeric) AS amount
    FROM purchases CROSS JOIN LATERAL jsonb_each_text(purchases.known) AS known (currency, amount)
    WHERE NOT purchases.replaced
    GROUP BY known.currency),
  conversions AS (
    SELECT CASE
        WHEN s.currency = in_currency THEN s.amount  -- spares most calls
        WHEN in_currency IS NOT NULL THEN
          converted(s.amount, s.currency, in_currency, on_day, at_position)
      END AS amount
    FROM sums s)
  SELECT
    (SELECT jsonb_object_agg(s.currency, trim_scale(s.amount)::text) FROM sums s),
    count(*) FILTER (WHERE p.unknown AND NOT p.replaced),
    (SELECT CASE WHEN bool_and(c.amount IS NOT NULL) THEN sum(c.amount) END FROM conversions c),
    (SELECT jsonb_agg(part.value ORDER BY q.effective_from, q.ordinal, part.place)
     FROM purchases q
     CROSS JOIN LATERAL jsonb_array_elements(q.consideration) WITH ORDINALITY AS part (value, place)
     WHERE NOT q.replaced),
    min(p.effective_from) FILTER (WHERE NOT p.replaces_earlier),
    max(p.effective_from) FILTER (WHERE NOT p.replaces_earlier),
    array_concat(p.entries)
  FROM purchases p;
END;
