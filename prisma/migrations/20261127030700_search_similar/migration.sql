-- A person's words that look like one that they may have mistyped, the most alike first. Two letters that changed places
-- leave short words little in common ("pyhton"), hence the low threshold: what is near enough, lib/chat decides.
-- The threshold is set inside: a role that is no superuser may not have a function set what belongs to an extension.
CREATE FUNCTION search_similar(owner uuid, asked text) RETURNS SETOF text LANGUAGE plpgsql STRICT AS $$
BEGIN
  PERFORM set_config('pg_trgm.similarity_threshold', '0.2', true);
  RETURN QUERY SELECT word FROM (
    SELECT DISTINCT word FROM search_word WHERE "userId" = owner AND word % asked AND word <> asked
  ) AS known ORDER BY similarity(word, asked) DESC LIMIT 60;
END $$;

-- Reading every row is never cheaper than the index, since each row's words would have to be marked anew; and workers take
-- longer to start than the index takes.
ALTER FUNCTION search_terms(uuid, boolean, tsvector) COST 5000 PARALLEL RESTRICTED;
