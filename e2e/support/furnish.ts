import type { ApiClient } from './api-client.ts'

/** The paths of what `furnish` has made. */
interface Furnished {
  /** A conversation with a question and an answer. */
  conversation: string
  /** A copy of it, to be read by anybody. */
  shared: string
}

/**
 * What somebody has after a while: a conversation, one that is pinned, one in a folder, one archived, two in the trash, and
 * a link that is shared. Nothing is clicked for it.
 */
export async function furnish(api: ApiClient): Promise<Furnished> {
  const { conversationId } = await api.createConversation('How does one learn courage?')
  const conversation = `/api/conversations/${conversationId}`
  await ask(api, 'PATCH', conversation, { title: 'On courage' })
  const titles = ['Kept at hand', 'A report', 'Put away', 'Thrown away', 'Thrown away, too']
  const [pinned, filed, archived, ...deleted] = await Promise.all(
    titles.map(async (title) => ((await ask(api, 'POST', '/api/v1/conversations', { title })) as Made).id),
  )
  const folder = (await ask(api, 'POST', '/api/v1/folders', { name: 'Work' })) as Made
  const bulk = (request: object) => ask(api, 'POST', '/api/conversations/bulk', request)
  await Promise.all([
    bulk({ action: 'pin', ids: [pinned] }),
    bulk({ action: 'move', ids: [filed], folderId: folder.id }),
    bulk({ action: 'archive', ids: [archived] }),
    bulk({ action: 'delete', ids: deleted }),
  ])
  const wanted = { sharedBy: 'A reader of Plato', days: 7 }
  const { share } = (await ask(api, 'POST', `${conversation}/shares`, wanted)) as { share: { path: string } }
  return { conversation: `/chat/${conversationId}`, shared: share.path }
}

interface Made {
  id: string
}

async function ask(api: ApiClient, method: string, path: string, json: object): Promise<unknown> {
  const response = await api.call(method, path, { json })
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`)
  return response.status === 204 ? null : response.json()
}
