-- CreateEnum
CREATE TYPE "SummaryAuthor" AS ENUM ('model', 'person');

-- CreateEnum
CREATE TYPE "UsageKind" AS ENUM ('answer', 'title', 'summary');

-- AlterTable
ALTER TABLE "conversation" ADD COLUMN     "model" TEXT,
ADD COLUMN     "temporary" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "generation" ADD COLUMN     "calls" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "cost" BIGINT;

-- AlterTable
ALTER TABLE "message" ADD COLUMN     "clearedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "user" ADD COLUMN     "aboutYou" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "howToAnswer" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "monthlyBudget" BIGINT,
ADD COLUMN     "preferences" JSONB NOT NULL DEFAULT '{}';

-- CreateTable
CREATE TABLE "summary" (
    "id" UUID NOT NULL,
    "conversationId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "throughMessageId" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "tokens" INTEGER NOT NULL,
    "author" "SummaryAuthor" NOT NULL,
    "basedOnId" UUID,
    "restoredFromId" UUID,
    "fromMessageId" UUID,
    "foldedMessages" INTEGER NOT NULL DEFAULT 0,
    "provider" TEXT,
    "model" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "summary_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "usage_event" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "conversationId" UUID,
    "generationId" UUID,
    "kind" "UsageKind" NOT NULL,
    "provider" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "persona" TEXT,
    "outcome" TEXT NOT NULL,
    "inputTokens" INTEGER,
    "outputTokens" INTEGER,
    "cachedInputTokens" INTEGER,
    "reasoningTokens" INTEGER,
    "cost" BIGINT,
    "held" BIGINT NOT NULL DEFAULT 0,
    "timeToFirstTokenMs" INTEGER,
    "latencyMs" INTEGER,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "usage_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "prompt_text" (
    "hash" TEXT NOT NULL,
    "userId" UUID,
    "text" TEXT NOT NULL,

    CONSTRAINT "prompt_text_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "token_ratio" (
    "provider" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "counted" DOUBLE PRECISION NOT NULL,
    "reported" DOUBLE PRECISION NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "token_ratio_pkey" PRIMARY KEY ("provider","model")
);

-- CreateIndex
CREATE INDEX "summary_throughMessageId_idx" ON "summary"("throughMessageId");

-- CreateIndex
CREATE UNIQUE INDEX "summary_conversationId_version_key" ON "summary"("conversationId", "version");

-- CreateIndex
CREATE INDEX "usage_event_userId_createdAt_idx" ON "usage_event"("userId", "createdAt");

-- CreateIndex
CREATE INDEX "usage_event_conversationId_idx" ON "usage_event"("conversationId");

-- CreateIndex
CREATE INDEX "usage_event_generationId_idx" ON "usage_event"("generationId");

-- CreateIndex
CREATE INDEX "prompt_text_userId_idx" ON "prompt_text"("userId");

-- AddForeignKey
ALTER TABLE "summary" ADD CONSTRAINT "summary_conversationId_fkey" FOREIGN KEY ("conversationId") REFERENCES "conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "summary" ADD CONSTRAINT "summary_throughMessageId_fkey" FOREIGN KEY ("throughMessageId") REFERENCES "message"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "summary" ADD CONSTRAINT "summary_basedOnId_fkey" FOREIGN KEY ("basedOnId") REFERENCES "summary"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "summary" ADD CONSTRAINT "summary_restoredFromId_fkey" FOREIGN KEY ("restoredFromId") REFERENCES "summary"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "usage_event" ADD CONSTRAINT "usage_event_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "usage_event" ADD CONSTRAINT "usage_event_conversationId_fkey" FOREIGN KEY ("conversationId") REFERENCES "conversation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prompt_text" ADD CONSTRAINT "prompt_text_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What a person has spent since the month began (UTC), in microcents, with what running calls hold.
CREATE FUNCTION "month_spending"(person UUID) RETURNS BIGINT
LANGUAGE sql STABLE AS $$
  SELECT coalesce(sum(coalesce("cost", "held")), 0)::BIGINT FROM "usage_event"
  WHERE "userId" = person AND "createdAt" >= date_trunc('month', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'
$$;

-- Whether one more answer may be asked for: 'yes', 'over_budget' or 'too_many'. The person is locked to the end of the
-- transaction, so that of parallel turns each sees what those before it hold; each statement in here sees what was
-- committed while this one waited, which a single statement would not.
CREATE FUNCTION "admit_turn"(person UUID, reserved BIGINT, budget BIGINT, per_minute INTEGER) RETURNS TEXT
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  recent INTEGER;
BEGIN
  PERFORM 1 FROM "user" WHERE "id" = person FOR NO KEY UPDATE;
  SELECT count(*) INTO recent FROM (
    SELECT 1 FROM "usage_event"
    WHERE "userId" = person AND "createdAt" > now() - interval '1 minute'
      -- A turn's own event has the id of its generation; calls that failed before it have others.
      AND "id" = "generationId" LIMIT per_minute) turns;
  IF recent >= per_minute THEN
    RETURN 'too_many';
  END IF;
  IF budget IS NOT NULL AND month_spending(person) + reserved > budget THEN
    RETURN 'over_budget';
  END IF;
  RETURN 'yes';
END
$$;
