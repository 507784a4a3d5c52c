/** A conversation as ChatGPT exports it: a question with two answers, and an image that is not in the file. */
export function chatgptConversation(
  id: string,
  { title, question, answer }: Record<'title' | 'question' | 'answer', string>,
) {
  const message = (role: string, parts: unknown[]) => ({
    ...{ author: { role }, create_time: 1_700_000_000, metadata: { model_slug: 'gpt-4o' } },
    content: { content_type: 'multimodal_text', parts },
  })
  const image = { content_type: 'image_asset_pointer', asset_pointer: 'file-service://file-x' }
  return {
    ...{ id, title, create_time: 1_700_000_000, update_time: 1_700_000_100, current_node: 'a1' },
    mapping: {
      root: { parent: null, message: null },
      q: { parent: 'root', message: message('user', [image, question]) },
      a1: { parent: 'q', message: message('assistant', [answer]) },
      a2: { parent: 'q', message: message('assistant', ['Another answer.']) },
    },
  }
}
