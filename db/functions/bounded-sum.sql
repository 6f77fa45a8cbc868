-- A sum stays at the largest number that JavaScript holds exactly: an agent that reports its cost in the wrong unit would else make it leave
-- bigint, and from then on every event that is booked in the same place would be refused.
CREATE OR REPLACE FUNCTION bounded_sum(p_sum numeric) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  SELECT least(greatest(p_sum, -9007199254740991), 9007199254740991)::bigint
$$;

-- `bounded_sum` of two numbers that are within its bounds themselves, as all that is stored is: they cannot leave bigint, which adds them in
-- a tenth of the time that numeric takes.
CREATE OR REPLACE FUNCTION bounded_plus(p_a bigint, p_b bigint) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT least(greatest(p_a + p_b, -9007199254740991), 9007199254740991)
$$;
