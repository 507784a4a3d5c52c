-- CreateIndex
CREATE INDEX "summary_basedOnId_idx" ON "summary"("basedOnId");

-- CreateIndex
CREATE INDEX "summary_restoredFromId_idx" ON "summary"("restoredFromId");
