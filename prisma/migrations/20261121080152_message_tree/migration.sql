-- DropIndex
DROP INDEX "generation_messageId_key";

-- AlterTable
ALTER TABLE "conversation" ADD COLUMN     "deletions" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "message" ADD COLUMN     "deletedAt" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "generation_messageId_startedAt_idx" ON "generation"("messageId", "startedAt");
