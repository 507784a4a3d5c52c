-- Few conversations are temporary, and those that are over are looked for again and again.
CREATE INDEX "conversation_temporary" ON "conversation"("lastActivityAt") WHERE "temporary";
