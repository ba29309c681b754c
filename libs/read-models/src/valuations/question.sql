-- A company's post-money valuations up to a day, as known at a position, in their order.
CREATE FUNCTION valuations(of_company text, as_of date, at_position bigint)
RETURNS TABLE ("on" date, ordinal integer, kind bytewise, ref bytewise, amount numeric, currency bytewise,
  estimated boolean, entries bigint[])
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT v.effective_from, v.ordinal, v.kind, v.ref, v.amount, v.currency, v.estimated, v.entries
  FROM identities(of_company, at_position) asked
  JOIN valuation v ON v.company = asked.read_as
  WHERE v.effective_from <= as_of AND v.known_from <= at_position AND at_position < v.known_to;
END;
