-- CreateTable
CREATE TABLE "share" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "conversationId" UUID NOT NULL,
    "secret" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "sharedBy" TEXT,
    "messages" JSONB NOT NULL,
    "copiedAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3),

    CONSTRAINT "share_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "share_secret_key" ON "share"("secret");

-- CreateIndex
CREATE INDEX "share_userId_idx" ON "share"("userId");

-- CreateIndex
CREATE INDEX "share_conversationId_idx" ON "share"("conversationId");

-- AddForeignKey
ALTER TABLE "share" ADD CONSTRAINT "share_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "share" ADD CONSTRAINT "share_conversationId_fkey" FOREIGN KEY ("conversationId") REFERENCES "conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;
