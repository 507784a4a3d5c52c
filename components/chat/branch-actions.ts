import { v7 as uuid } from 'uuid'
import type { ChatRequest } from '#lib/chat/chat-request.ts'
import type { ConversationWithMessages, Intensity, Message } from '#lib/chat/types.ts'
import { createCell } from './cell.ts'
import { type ChatApi, RequestError } from './chat-api.ts'
import type { DraftStorage } from './draft-storage.ts'
import type { Transcript } from './transcript.ts'
import type { UnsentTurn } from './unsent-storage.ts'

/** Who is to answer; what is not set stays as the conversation has it. */
export interface AnswerChoice {
  persona?: string | undefined
  /** NULL: the persona's own. */
  intensity?: Intensity | null | undefined
  /** As `provider:model`; NULL: the usual one. */
  model?: string | null | undefined
}

/** What is said quietly above the composer. */
export type BranchNotice =
  | { kind: 'deleted'; messageId: string; count: number }
  | { kind: 'gone' }
  /** Why an action was not done. */
  | { kind: 'kept'; why: string }

type WithoutConversation<Request> = Request extends unknown ? Omit<Request, 'conversationId'> : never
export type Turn = WithoutConversation<ChatRequest>

interface BranchSurroundings {
  conversationId: string
  api: ChatApi
  drafts: DraftStorage
  transcript: Transcript
  isIdle(): boolean
  /** Sends a turn that is shown already. */
  begin(turn: Turn): void
  /** Sends a message, which stays where it was sent to until the server has it. */
  post(text: string, place: { parentId: string | null; replaces: string | null }): void
  /** Shows what the server answered. */
  accept(read: ConversationWithMessages): void
  refuse(error: RequestError): void
}

/**
 * What a person does with the tree of messages: other versions of a question or an answer, more of an answer, another
 * branch. A turn is shown at once and taken back when it could not be sent; asked for again, it goes under the same id.
 */
export class BranchActions {
  /** The question that is being written anew, until its new version is on the server. */
  readonly editing = createCell<string | null>(null)
  readonly notice = createCell<BranchNotice | null>(null)
  /** The message to be brought into view; whoever does so sets it back. */
  readonly revealed = createCell<string | null>(null)

  readonly #around: BranchSurroundings
  /** The ids of turns that were not acknowledged, by what they ask for. */
  readonly #ids = new Map<string, string>()
  /** What was shown before the turn that is on its way. */
  #before: Message[] | null = null
  #isChanging = false

  constructor(around: BranchSurroundings) {
    this.#around = around
  }

  startEditing(messageId: string): void {
    this.editing.set(messageId)
  }

  /** What is typed in a question's editor; kept in the browser, so that nothing but the person discards it. */
  editedText(messageId: string): string | null {
    return this.#around.drafts.load(editKey(messageId))?.text ?? null
  }

  keepEditedText(messageId: string, text: string): void {
    this.#around.drafts.save(editKey(messageId), { text })
  }

  /** Closes the editor; opened again, it has what was typed. */
  leaveEditing(): void {
    this.editing.set(null)
  }

  /** Closes the editor; its text is wanted no longer. */
  stopEditing(): void {
    const messageId = this.editing.get()
    if (messageId !== null) this.#around.drafts.clear(editKey(messageId))
    this.editing.set(null)
  }

  /** A version that was taken back into an editor is on the server: the editor closes, unless it holds other words by now. */
  settleEdited(text: string): void {
    const messageId = this.editing.get()
    if (messageId !== null && this.editedText(messageId)?.trim() === text) this.stopEditing()
  }

  /** Sends another version of the question that is being edited, with a new answer. */
  sendEdited(text: string): void {
    const { transcript, isIdle, post } = this.#around
    const question = transcript.find(this.editing.get() ?? '')
    if (!isIdle() || question?.role !== 'user') return
    this.stopEditing()
    post(text, { parentId: question.parentId, replaces: question.id })
  }

  /** Opens the editor of a question with a version that was taken back; false when there is no such question. */
  editAgain({ replaces, request }: UnsentTurn): boolean {
    if (replaces === null) return false
    const { transcript } = this.#around
    const shown = transcript.ids.get().flatMap((id) => transcript.find(id) ?? [])
    // Another tab may have put one more version in its place.
    const question = transcript.find(replaces) ?? shown.find((other) => other.parentId === request.parentId)
    if (question?.role !== 'user') return false
    this.keepEditedText(question.id, request.message.text)
    this.editing.set(question.id)
    return true
  }

  /** Asks for another answer to a question. */
  regenerate(questionId: string, choice: AnswerChoice): void {
    const { transcript, isIdle } = this.#around
    if (!isIdle() || transcript.find(questionId)?.role !== 'user') return
    const { persona, intensity, model } = choice
    const answerId = this.#idFor('regenerate', questionId, persona, intensity, model)
    this.#begin({ parentId: questionId, answerId, ...choice }, () => transcript.cutAfter(questionId))
  }

  /** Asks for more of the last answer, which grows where it stands. */
  continueLast(): void {
    const { transcript, isIdle } = this.#around
    const answer = transcript.last()
    if (!isIdle() || answer?.role !== 'assistant') return
    const generation = { ...answer.generation, status: 'streaming' as const, errorCode: null }
    const generationId = this.#idFor('continue', answer.id, answer.generation.id)
    this.#begin({ answerId: answer.id, generationId }, () =>
      transcript.update(answer.id, () => ({ ...answer, generation })),
    )
  }

  /** Shows the branch that a message is on; false when it cannot be shown. */
  open(messageId: string): Promise<boolean> {
    const { api, conversationId } = this.#around
    return this.change(() => api.openBranch(conversationId, messageId, this.#firstShown))
  }

  /** Shows another version of a message; which one it is, in words, or NULL when it cannot be shown. */
  async openVersion(messageId: string): Promise<string | null> {
    if (!(await this.open(messageId))) return null
    const siblingIds = this.#around.transcript.find(messageId)?.siblingIds ?? []
    return `Version ${siblingIds.indexOf(messageId) + 1} of ${siblingIds.length}.`
  }

  /** Shows the branch of the message that the address names, or says that it is gone. */
  openAddress(messageId: string): Promise<boolean> {
    const { api, conversationId } = this.#around
    return this.change(
      () => api.openBranch(conversationId, messageId, messageId),
      () => this.notice.set({ kind: 'gone' }),
    )
  }

  /** Brings a message that is shown into view, and marks it. */
  reveal(messageId: string): void {
    this.revealed.set(messageId)
  }

  /** How many messages would go with one. */
  async count(messageId: string): Promise<number> {
    const { api, conversationId } = this.#around
    return (await api.countBranch(conversationId, messageId)).messageCount
  }

  /** Deletes a message and all that follows from it. Throws what the server refused. */
  async remove(messageId: string, count: number): Promise<void> {
    const { api, conversationId, accept } = this.#around
    accept(await api.removeMessage(conversationId, messageId, this.#firstShown))
    this.notice.set({ kind: 'deleted', messageId, count })
  }

  /** Brings back what was deleted last; the message that it was deleted with, NULL when that is impossible. */
  async undo(): Promise<string | null> {
    const { api, conversationId } = this.#around
    const notice = this.notice.get()
    if (notice?.kind !== 'deleted') return null
    const { messageId } = notice
    if (!this.#around.isIdle()) {
      this.#around.refuse(new RequestError('generation_running', NOT_YET))
      return null
    }
    if (!(await this.change(() => api.restoreMessage(conversationId, messageId, this.#firstShown))))
      return null
    this.notice.set(null)
    return messageId
  }

  /** A turn was acknowledged: whatever was under way here is on the server. */
  settle(): void {
    this.#before = null
    this.#ids.clear()
  }

  /** Takes back what was shown of a turn that could not be sent; false when there was none of these. */
  takeBack(): boolean {
    if (!this.#before) return false
    this.#around.transcript.replaceAll(this.#before)
    this.#before = null
    return true
  }

  /** The server refused an id: it belongs to something else. */
  forgetIds(): void {
    this.#ids.clear()
  }

  /** What is read after a change begins there, so that nothing that is shown goes. */
  get #firstShown(): string | undefined {
    return this.#around.transcript.first()?.id
  }

  #idFor(...asked: unknown[]): string {
    const key = JSON.stringify(asked)
    const id = this.#ids.get(key) ?? uuid()
    this.#ids.set(key, id)
    return id
  }

  #begin(turn: Turn, show: () => void): void {
    const { transcript, begin } = this.#around
    this.#before = transcript.ids.get().flatMap((id) => transcript.find(id) ?? [])
    this.notice.set(null)
    show()
    begin(turn)
  }

  /** Whether a change of the tree was asked for and is not answered yet: another one would be dropped. */
  get isChanging(): boolean {
    return this.#isChanging
  }

  /**
   * Asks for a change of the tree and shows what it is then.
   *
   * @returns false when it was not made: a refusal of the server is said where all are, one while another turn or change is
   * on its way is not
   */
  async change(ask: () => Promise<ConversationWithMessages>, onMissing?: () => void): Promise<boolean> {
    if (this.#isChanging || !this.#around.isIdle()) return false
    this.#isChanging = true
    try {
      this.#around.accept(await ask())
      return true
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      if (error.code === 'not_found' && onMissing) onMissing()
      else this.#around.refuse(error)
      return false
    } finally {
      this.#isChanging = false
    }
  }
}

const NOT_YET =
  'Nothing can be brought back while an answer is being written or a message waits. Stop it or wait for its end, then undo.'

function editKey(messageId: string): string {
  return `edit:${messageId}`
}
