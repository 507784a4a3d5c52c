import { newFolderSchema } from '#lib/api/folders.ts'
import { requireCaller } from '#lib/auth/require-caller.ts'
import { listFolders } from '#lib/db/folders.ts'
import { answerProblems } from '#lib/server/answer-problems.ts'
import { apiJson } from '#lib/server/api-json.ts'
import { createFolder } from '#lib/server/change-folder.ts'
import { readJson } from '#lib/server/read-json.ts'

/** The person's folders, in their order. */
export function GET(request: Request): Promise<Response> {
  return answerProblems(async () => {
    const { user } = await requireCaller(request, 'read')
    return apiJson(request, { folders: await listFolders(user.id) })
  })
}

/** Makes one, as the last. */
export function POST(request: Request): Promise<Response> {
  return answerProblems(async () => {
    const { user } = await requireCaller(request, 'write')
    const folder = await createFolder(user.id, await readJson(request, newFolderSchema))
    return apiJson(request, folder, { status: 201, headers: { location: `/api/v1/folders/${folder.id}` } })
  })
}
