import { folderChangeSchema } from '#lib/api/folders.ts'
import { requireCaller } from '#lib/auth/require-caller.ts'
import { findFolder } from '#lib/db/folders.ts'
import { answerProblems } from '#lib/server/answer-problems.ts'
import { apiJson, noContent } from '#lib/server/api-json.ts'
import { changeFolder, removeFolder } from '#lib/server/change-folder.ts'
import { folderIdFrom, folderNotFound } from '#lib/server/path-ids.ts'
import { readJson } from '#lib/server/read-json.ts'
import { requireOwnOrigin } from '#lib/server/require-own-origin.ts'

type Context = RouteContext<'/api/v1/folders/[folderId]'>

export function GET(request: Request, context: Context): Promise<Response> {
  return answerProblems(async () => {
    const { user } = await requireCaller(request, 'read')
    const folder = await findFolder(user.id, folderIdFrom(await context.params))
    if (!folder) throw folderNotFound()
    return apiJson(request, folder)
  })
}

/** Changes its name, its place, what new conversations in it begin with, or what every answer in it is told. */
export function PATCH(request: Request, context: Context): Promise<Response> {
  return answerProblems(async () => {
    const { user } = await requireCaller(request, 'write')
    const change = await readJson(request, folderChangeSchema)
    return apiJson(request, await changeFolder(user.id, folderIdFrom(await context.params), change))
  })
}

/** Deletes it; its conversations stay, in none. */
export function DELETE(request: Request, context: Context): Promise<Response> {
  return answerProblems(async () => {
    const { user } = await requireCaller(request, 'write')
    requireOwnOrigin(request)
    await removeFolder(user.id, folderIdFrom(await context.params))
    return noContent()
  })
}
