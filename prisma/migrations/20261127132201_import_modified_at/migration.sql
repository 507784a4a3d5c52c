-- AlterTable
ALTER TABLE "import" ADD COLUMN     "modifiedAt" TIMESTAMPTZ(3);
