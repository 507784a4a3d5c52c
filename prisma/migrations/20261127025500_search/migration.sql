-- Trigrams, for words that were mistyped. Trusted since PostgreSQL 13: whoever may create in the database may add it.
DO $$
BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN
  RAISE EXCEPTION 'Stoa searches with the extension pg_trgm, and this role may not add it to the database (%). Have an administrator run "CREATE EXTENSION pg_trgm;" in this database, then start Stoa again.', SQLERRM;
END $$;

-- What is a letter, and what its small form, in every language, whatever the database's own locale is.
DO $$
BEGIN
  CREATE COLLATION IF NOT EXISTS search_letters (provider = builtin, locale = 'C.UTF-8');
EXCEPTION WHEN OTHERS THEN
  -- Before PostgreSQL 17.
  CREATE COLLATION IF NOT EXISTS search_letters (provider = icu, locale = 'und');
END $$;

-- CreateEnum
CREATE TYPE "SearchKind" AS ENUM ('title', 'message', 'summary');

-- CreateTable
CREATE TABLE "search_entry" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "conversationId" UUID NOT NULL,
    "kind" "SearchKind" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "words" tsvector NOT NULL,

    CONSTRAINT "search_entry_pkey" PRIMARY KEY ("id", "kind")
);

-- CreateTable
CREATE TABLE "search_word" (
    "userId" UUID NOT NULL,
    "word" TEXT NOT NULL
);

-- Small letters without accents; wide and compatible forms as the usual ones. lib/chat/fold-text.ts does the same.
CREATE FUNCTION search_fold(source text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE
    WHEN octet_length(source) = length(source) THEN lower(source COLLATE search_letters)
    ELSE translate(lower(normalize(regexp_replace(normalize(source, NFKD), '[\u0300-\u036f]', '', 'g'), NFKC) COLLATE search_letters), 'ς', 'σ')
  END
$$;

-- The different words of a text, folded. Scripts that put no space between words give every pair of neighbouring
-- characters, and the last one of a run alone: whatever is looked for in them begins a pair.
-- No text may be too much, since a turn would fail with it: a tsvector ends at 1 MB, which 20,000 words of 100,000
-- characters with their owner's mark never reach.
CREATE FUNCTION search_words(source text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  -- Thai to Tibetan, Burmese, Hangul, Khmer, kana, Han.
  unseparated CONSTANT text := '[\u0e00-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3040-\u318f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]+';
  folded text := left(search_fold(left(source, 100000)), 100000);
  pairs text[] := '{}';
BEGIN
  IF octet_length(folded) > length(folded) AND folded ~ unseparated THEN
    pairs := ARRAY(
      SELECT DISTINCT character || coalesce(lead(character) OVER (PARTITION BY run ORDER BY place), '')
      FROM regexp_matches(folded, unseparated, 'g') WITH ORDINALITY AS runs(match, run),
        string_to_table(match[1], NULL) WITH ORDINALITY AS characters(character, place)
      LIMIT 20000);
    folded := regexp_replace(folded, unseparated, ' ', 'g');
  END IF;
  RETURN pairs || ARRAY(
    SELECT DISTINCT left(word, 32)
    FROM string_to_table(regexp_replace(folded COLLATE search_letters, '[^[:alnum:]]+', ' ', 'g'), ' ') AS word
    WHERE word <> '' LIMIT 20000 - cardinality(pairs));
END $$;

-- Words as the index has them: marked with whose they are, and of titles as such, so that a search reads only what is its
-- person's, however much others have.
CREATE FUNCTION search_terms(owner uuid, is_title boolean, words tsvector) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT array_to_tsvector(ARRAY(
    SELECT right(owner::text, 8) || CASE WHEN is_title THEN 't' ELSE 'm' END || word FROM unnest(tsvector_to_array(words)) AS word))
$$;

-- What can be mistyped and still be recognised.
CREATE FUNCTION search_is_spelt(word text) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT length(word) BETWEEN 4 AND 24 AND word !~ '[0-9]'
$$;

-- Makes a text findable, in the place of what was found by this id before.
CREATE FUNCTION search_index(entry_id uuid, in_conversation uuid, entry_kind "SearchKind", said_at timestamptz, source text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  WITH entry AS (
    INSERT INTO search_entry
    SELECT entry_id, "userId", in_conversation, entry_kind, said_at, array_to_tsvector(search_words(source))
    FROM conversation WHERE id = in_conversation AND NOT temporary
    ON CONFLICT (id, kind) DO UPDATE SET words = EXCLUDED.words
    RETURNING "userId", words
  )
  INSERT INTO search_word
  SELECT entry."userId", each.word FROM entry, unnest(tsvector_to_array(entry.words)) AS each(word)
  WHERE search_is_spelt(each.word)
    AND NOT EXISTS (SELECT FROM search_word known WHERE known."userId" = entry."userId" AND known.word = each.word);
END $$;

-- The same for many new messages at once: of an import, say.
CREATE FUNCTION search_index_messages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  WITH entry AS (
    INSERT INTO search_entry
    SELECT fresh.id, c."userId", c.id, 'message', fresh."createdAt", array_to_tsvector(search_words(fresh.text))
    FROM fresh JOIN conversation c ON c.id = fresh."conversationId"
    WHERE NOT c.temporary AND fresh.text <> '' AND fresh."deletedAt" IS NULL
    RETURNING "userId", words
  )
  INSERT INTO search_word
  SELECT DISTINCT entry."userId", each.word FROM entry, unnest(tsvector_to_array(entry.words)) AS each(word)
  WHERE search_is_spelt(each.word)
    AND NOT EXISTS (SELECT FROM search_word known WHERE known."userId" = entry."userId" AND known.word = each.word);
  RETURN NULL;
END $$;

-- Of the versions of a summary the newest is found, unless a message that it covers was deleted.
CREATE FUNCTION search_index_summary(in_conversation uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM search_entry WHERE "conversationId" = in_conversation AND kind = 'summary';
  PERFORM search_index(newest.id, in_conversation, 'summary', newest."createdAt", newest.text) FROM (
    SELECT s.* FROM summary s JOIN message m ON m.id = s."throughMessageId"
    WHERE s."conversationId" = in_conversation AND m."deletedAt" IS NULL ORDER BY s.version DESC LIMIT 1) newest;
END $$;

CREATE FUNCTION search_follow_conversation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM search_index(NEW.id, NEW.id, 'title', NEW."createdAt", NEW.title);
  IF TG_OP = 'UPDATE' AND OLD.temporary THEN
    PERFORM search_index(id, NEW.id, 'message', "createdAt", text)
    FROM message WHERE "conversationId" = NEW.id AND "deletedAt" IS NULL AND text <> '';
    PERFORM search_index_summary(NEW.id);
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION search_follow_message() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."deletedAt" IS NULL AND NEW.text <> '' THEN
    PERFORM search_index(NEW.id, NEW."conversationId", 'message', NEW."createdAt", NEW.text);
  ELSE
    DELETE FROM search_entry WHERE id = NEW.id AND kind = 'message';
  END IF;
  IF OLD."deletedAt" IS DISTINCT FROM NEW."deletedAt"
    AND EXISTS (SELECT FROM summary WHERE "throughMessageId" = NEW.id) THEN
    PERFORM search_index_summary(NEW."conversationId");
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION search_follow_summary() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM search_index_summary(NEW."conversationId");
  RETURN NULL;
END $$;

CREATE FUNCTION search_forget() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM search_entry WHERE id = OLD.id AND kind = TG_ARGV[0]::"SearchKind";
  RETURN NULL;
END $$;

CREATE TRIGGER search_insert AFTER INSERT ON conversation FOR EACH ROW
  WHEN (NOT NEW.temporary) EXECUTE FUNCTION search_follow_conversation();
CREATE TRIGGER search_update AFTER UPDATE OF title, temporary ON conversation FOR EACH ROW
  WHEN (NOT NEW.temporary AND (OLD.title <> NEW.title OR OLD.temporary)) EXECUTE FUNCTION search_follow_conversation();
CREATE TRIGGER search_insert AFTER INSERT ON message REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT
  EXECUTE FUNCTION search_index_messages();
CREATE TRIGGER search_update AFTER UPDATE OF text, "deletedAt" ON message FOR EACH ROW
  WHEN (OLD.text <> NEW.text OR OLD."deletedAt" IS DISTINCT FROM NEW."deletedAt") EXECUTE FUNCTION search_follow_message();
CREATE TRIGGER search_delete AFTER DELETE ON message FOR EACH ROW EXECUTE FUNCTION search_forget('message');
CREATE TRIGGER search_insert AFTER INSERT ON summary FOR EACH ROW EXECUTE FUNCTION search_follow_summary();
CREATE TRIGGER search_delete AFTER DELETE ON summary FOR EACH ROW EXECUTE FUNCTION search_forget('summary');

-- What there is already.
INSERT INTO search_entry
SELECT texts.id, c."userId", c.id, texts.kind, texts.at, array_to_tsvector(search_words(texts.text)) FROM (
  SELECT id, id AS "conversationId", 'title'::"SearchKind" AS kind, "createdAt" AS at, title AS text FROM conversation
  UNION ALL
  SELECT id, "conversationId", 'message', "createdAt", text FROM message WHERE "deletedAt" IS NULL AND text <> ''
  UNION ALL
  SELECT * FROM (
    SELECT DISTINCT ON (s."conversationId") s.id, s."conversationId", 'summary'::"SearchKind", s."createdAt", s.text
    FROM summary s JOIN message m ON m.id = s."throughMessageId" WHERE m."deletedAt" IS NULL
    ORDER BY s."conversationId", s.version DESC) newest
) texts JOIN conversation c ON c.id = texts."conversationId" WHERE NOT c.temporary;

INSERT INTO search_word
SELECT u.id, known.word FROM "user" u, ts_stat(format('SELECT words FROM search_entry WHERE "userId" = %L', u.id)) AS known
WHERE search_is_spelt(known.word);

CREATE INDEX search_entry_terms ON search_entry USING gin (search_terms("userId", kind = 'title', words));
-- Newest first, for words that are everywhere.
CREATE INDEX search_entry_newest ON search_entry ("userId", at DESC) WHERE kind <> 'title';

-- CreateIndex
CREATE INDEX "search_entry_conversationId_at_idx" ON "search_entry"("conversationId", "at");

-- CreateIndex
CREATE INDEX "search_word_userId_word_idx" ON "search_word"("userId", "word");

-- CreateIndex
CREATE INDEX "search_word_word_idx" ON "search_word" USING GIN ("word" gin_trgm_ops);

-- AddForeignKey
ALTER TABLE "search_entry" ADD CONSTRAINT "search_entry_conversationId_fkey" FOREIGN KEY ("conversationId") REFERENCES "conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "search_word" ADD CONSTRAINT "search_word_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
