import type { FolderPatch, NewFolder } from '#lib/api/folders.ts'
import { MAX_FOLDERS } from '#lib/chat/limits.ts'
import type { Folder } from '#lib/chat/types.ts'
import { deleteFolder, insertFolder, updateFolder } from '#lib/db/folders.ts'
import { AppError } from '#lib/errors.ts'
import { promptLibrary } from '#lib/prompts/library.ts'
import { announceChange } from './conversation-events.ts'
import { folderNotFound } from './path-ids.ts'

/**
 * Makes a folder, as the last of the person's.
 *
 * @throws AppError unknown_persona, too_many_folders
 */
export async function createFolder(userId: string, wanted: NewFolder): Promise<Folder> {
  requirePersona(wanted.persona)
  const { name, persona = null, instructions = '' } = wanted
  const folder = await insertFolder(userId, { name, persona, instructions })
  if (folder) return folder
  throw new AppError(
    'too_many_folders',
    `You have ${MAX_FOLDERS} folders, and there can be no more. Delete one that you no longer need.`,
  )
}

/**
 * Changes a folder. Its instructions count from the next answer in it, its persona from the next conversation.
 *
 * @throws AppError not_found, unknown_persona
 */
export async function changeFolder(userId: string, folderId: string, change: FolderPatch): Promise<Folder> {
  requirePersona(change.persona)
  const folder = await updateFolder(userId, folderId, change)
  if (!folder) throw folderNotFound()
  return folder
}

/**
 * Deletes a folder. Its conversations stay, in none.
 *
 * @throws AppError not_found
 */
export async function removeFolder(userId: string, folderId: string): Promise<void> {
  if (!(await deleteFolder(userId, folderId))) throw folderNotFound()
  announceChange()
}

/** For what it throws: a persona that does not exist is never stored. */
function requirePersona(persona: string | null | undefined): void {
  if (persona != null) promptLibrary().composePersona(persona, null)
}
