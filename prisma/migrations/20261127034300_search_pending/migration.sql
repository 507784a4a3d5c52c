-- New rows wait in a list beside the index, which every search reads and whoever fills it has to empty: at the usual 4 MB some
-- turn would wait for it for a second.
ALTER INDEX search_entry_terms SET (gin_pending_list_limit = 256);
