-- AlterTable
ALTER TABLE "telegram_chat" ADD COLUMN     "intensity" "Intensity",
ADD COLUMN     "model" TEXT,
ADD COLUMN     "persona" TEXT,
ADD COLUMN     "title" TEXT NOT NULL;

-- AlterTable
ALTER TABLE "telegram_update" ADD COLUMN     "answeredAt" TIMESTAMPTZ(3),
ADD COLUMN     "attempts" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "conversationId" UUID,
ADD COLUMN     "heldUntil" TIMESTAMPTZ(3),
ADD COLUMN     "payload" TEXT,
ADD COLUMN     "sentIds" INTEGER[] DEFAULT ARRAY[]::INTEGER[];
-- CreateIndex
CREATE INDEX "telegram_update_heldUntil_idx" ON "telegram_update"("heldUntil");
