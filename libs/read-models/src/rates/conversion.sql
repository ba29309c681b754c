-- Of the rates of two currencies on or before a day the latest, direct or inverse; of one day the
-- direct. A fraction, since an inverse is not rounded.
CREATE FUNCTION near_rate(from_currency text, to_currency text, on_day date, at_position bigint)
RETURNS TABLE (numerator numeric, denominator numeric)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT near.numerator, near.denominator
  FROM (
    (SELECT r.rate, 1::numeric, r.effective_from, 1
     FROM rate r
     WHERE r.base = from_currency AND r.quote = to_currency AND r.effective_from <= on_day
       AND r.known_from <= at_position AND at_position < r.known_to
     ORDER BY r.effective_from DESC LIMIT 1)
    UNION ALL
    (SELECT 1::numeric, r.rate, r.effective_from, 2
     FROM rate r
     WHERE r.base = to_currency AND r.quote = from_currency AND r.effective_from <= on_day
       AND r.known_from <= at_position AND at_position < r.known_to
     ORDER BY r.effective_from DESC LIMIT 1)) near (numerator, denominator, day, preference)
  ORDER BY near.day DESC, near.preference
  LIMIT 1;
END;

-- An amount in another currency by the rate of a day, rounded half-even to 10 decimals; through USD
-- only where there is no other rate. Null without one (docs/rules.md#c1).
CREATE FUNCTION converted(amount numeric, from_currency text, to_currency text, on_day date,
  at_position bigint) RETURNS numeric
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE
    WHEN from_currency = to_currency THEN amount
    ELSE coalesce(
      (SELECT half_even(amount * r.numerator, r.denominator, 10)
       FROM near_rate(from_currency, to_currency, on_day, at_position) r),
      (SELECT half_even(amount * there.numerator * back.numerator,
         there.denominator * back.denominator, 10)
       FROM near_rate(from_currency, 'USD', on_day, at_position) there
       CROSS JOIN near_rate('USD', to_currency, on_day, at_position) back
       WHERE from_currency <> 'USD' AND to_currency <> 'USD'))
  END;
END;
