-- AlterTable
ALTER TABLE "summary" ADD COLUMN     "startsAfterId" UUID;

-- Where the contexts of a conversation start afresh: few messages, looked for before each answer.
CREATE INDEX "message_cleared" ON "message"("conversationId") WHERE "clearedAt" IS NOT NULL;
