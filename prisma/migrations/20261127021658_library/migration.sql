-- AlterTable
ALTER TABLE "conversation" ADD COLUMN     "folderId" UUID;

-- CreateTable
CREATE TABLE "folder" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "persona" TEXT,
    "instructions" TEXT NOT NULL DEFAULT '',
    "isOpen" BOOLEAN NOT NULL DEFAULT true,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "folder_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "folder_userId_position_idx" ON "folder"("userId", "position");

-- CreateIndex
CREATE INDEX "conversation_folderId_idx" ON "conversation"("folderId");

-- AddForeignKey
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_folderId_fkey" FOREIGN KEY ("folderId") REFERENCES "folder"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "folder" ADD CONSTRAINT "folder_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The list of conversations and a folder's, page by page.
CREATE INDEX "conversation_listed" ON "conversation"("userId", "folderId", "lastActivityAt" DESC, "id" DESC)
  WHERE "deletedAt" IS NULL AND "archivedAt" IS NULL AND "pinnedAt" IS NULL AND NOT "temporary";

-- Few are pinned, and the rest need not be passed over to find them.
CREATE INDEX "conversation_pinned" ON "conversation"("userId", "lastActivityAt" DESC, "id" DESC)
  WHERE "deletedAt" IS NULL AND "pinnedAt" IS NOT NULL;

CREATE INDEX "conversation_archived" ON "conversation"("userId", "lastActivityAt" DESC, "id" DESC)
  WHERE "deletedAt" IS NULL AND "archivedAt" IS NOT NULL;

-- The trash, and what has lain in it for long enough.
CREATE INDEX "conversation_deleted" ON "conversation"("userId", "deletedAt" DESC, "id" DESC) WHERE "deletedAt" IS NOT NULL;
CREATE INDEX "message_deleted" ON "message"("deletedAt") WHERE "deletedAt" IS NOT NULL;
