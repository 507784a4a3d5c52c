// Apart from the schemas, so that the page can know the limits without carrying zod.

/** The longest message a person may send, in UTF-16 units after trimming. */
export const MAX_MESSAGE_LENGTH = 32_000

/** The longest title of a conversation, in UTF-16 units after trimming. */
export const MAX_TITLE_LENGTH = 200

/** The longest of what a person tells of themselves and of how to answer, each, in UTF-16 units after trimming. */
export const MAX_INSTRUCTION_LENGTH = 4_000

/** The largest request body that is read, in bytes. */
export const MAX_BODY_BYTES = 1_000_000

/** The longest name of a folder, in UTF-16 units after trimming. */
export const MAX_FOLDER_NAME_LENGTH = 100

/** How many folders a person may have. */
export const MAX_FOLDERS = 500

/** How many conversations may be changed at once. */
export const MAX_BULK = 500

/** For how many days what was deleted can be restored. */
export const TRASH_DAYS = 30
