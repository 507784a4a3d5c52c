import { requireUser } from '#lib/auth/session.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { exportConversation } from '#lib/server/export-conversation.ts'
import { conversationIdFrom } from '#lib/server/path-ids.ts'

/** The branch of a conversation that is shown, as a file: `?format=markdown` (the default) or `json`. */
export function GET(
  request: Request,
  context: RouteContext<'/api/conversations/[conversationId]/export'>,
): Promise<Response> {
  return answerErrors(async () => {
    const user = await requireUser()
    const format = new URL(request.url).searchParams.get('format') ?? 'markdown'
    const { text, type, fileName } = await exportConversation(
      user.id,
      conversationIdFrom(await context.params),
      format,
    )
    return new Response(text, {
      headers: {
        'content-type': `${type}; charset=utf-8`,
        // Names beyond ASCII as RFC 6266 has them; older clients read the first.
        'content-disposition': `attachment; filename="${fileName.replaceAll(/[^\x20-\x7e]+/g, '_')}"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
        'cache-control': 'no-store',
      },
    })
  })
}
