-- CreateEnum
CREATE TYPE "ImportStatus" AS ENUM ('uploading', 'queued', 'running', 'done', 'incomplete', 'failed');

-- CreateTable
CREATE TABLE "import" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "fileName" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "status" "ImportStatus" NOT NULL DEFAULT 'uploading',
    "fault" TEXT,
    "progress" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "leftOut" JSONB NOT NULL DEFAULT '{}',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_piece" (
    "importId" UUID NOT NULL,
    "index" INTEGER NOT NULL,
    "data" BYTEA NOT NULL,

    CONSTRAINT "import_piece_pkey" PRIMARY KEY ("importId","index")
);

-- CreateTable
CREATE TABLE "import_entry" (
    "importId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "outcome" TEXT NOT NULL,
    "source" TEXT,
    "title" TEXT NOT NULL,
    "messages" INTEGER NOT NULL DEFAULT 0,
    "leftOut" JSONB NOT NULL DEFAULT '{}',
    "conversationId" UUID,

    CONSTRAINT "import_entry_pkey" PRIMARY KEY ("importId","position")
);

-- CreateIndex
CREATE INDEX "import_userId_createdAt_idx" ON "import"("userId", "createdAt");

-- CreateIndex
CREATE INDEX "import_entry_conversationId_idx" ON "import_entry"("conversationId");

-- AddForeignKey
ALTER TABLE "import" ADD CONSTRAINT "import_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_piece" ADD CONSTRAINT "import_piece_importId_fkey" FOREIGN KEY ("importId") REFERENCES "import"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_entry" ADD CONSTRAINT "import_entry_importId_fkey" FOREIGN KEY ("importId") REFERENCES "import"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_entry" ADD CONSTRAINT "import_entry_conversationId_fkey" FOREIGN KEY ("conversationId") REFERENCES "conversation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Pieces are mostly compressed already.
ALTER TABLE "import_piece" ALTER COLUMN "data" SET STORAGE EXTERNAL;

-- A person has one file under way at a time, which bounds what they can leave here.
CREATE UNIQUE INDEX "import_one_open" ON "import"("userId") WHERE "status" IN ('uploading', 'queued', 'running');
