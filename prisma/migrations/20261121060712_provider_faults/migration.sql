-- AlterTable
ALTER TABLE "generation" ADD COLUMN     "fallbackFrom" TEXT,
ADD COLUMN     "retryAt" TIMESTAMPTZ(3);
