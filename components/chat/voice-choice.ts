import type { Conversation } from '#lib/chat/types.ts'
import type { AnswerChoice } from './branch-actions.ts'
import type { Cell } from './cell.ts'
import { asRequestError, type ChatApi } from './chat-api.ts'
import type { ConversationState } from './conversation-state.ts'

type Voice = Pick<ConversationState, 'persona' | 'intensity' | 'model'>

interface VoiceChoiceOptions {
  conversationId: string
  api: ChatApi
  state: Cell<ConversationState>
  /** A person's next new conversation begins with this model, too. */
  onModelChosen(model: string | null): void
}

/** Who writes the answers to come: persona, intensity and model, as they are chosen and as turns ask for them. */
export class VoiceChoice {
  readonly #options: VoiceChoiceOptions
  /** How many choices are on their way: until they are there, what is read does not know them. */
  #underWay = 0
  /** What the turn on its way asks for. */
  #asked: AnswerChoice = {}

  constructor(options: VoiceChoiceOptions) {
    this.#options = options
  }

  /** What the next answer is to have. */
  get chosen(): Voice {
    return voiceOf(this.#options.state.get())
  }

  /**
   * Sets persona, intensity or model of the answers to come.
   *
   * @returns whether it was kept; otherwise what was there before holds, and the notice says why
   */
  async choose(choice: AnswerChoice): Promise<boolean> {
    const { conversationId, api, onModelChosen } = this.#options
    let before = this.chosen
    this.#set({ ...choice, notice: null })
    this.#underWay += 1
    try {
      if (this.#options.state.get().conversation) {
        const conversation = await api.change(conversationId, choice)
        this.#set({ conversation })
        before = voiceOf(conversation)
      }
      if (choice.model !== undefined) {
        await api.preferModel(choice.model)
        onModelChosen(choice.model)
      }
      return true
    } catch (error) {
      this.#set({ ...this.#undone(choice, before), notice: asRequestError(error) })
      return false
    } finally {
      this.#underWay -= 1
    }
  }

  /** A turn goes out that asks for this; what it does not name stays as it is. */
  ask({ persona, intensity, model }: AnswerChoice): void {
    this.#asked = { persona, intensity, model }
  }

  /** What the answers to come have once that turn is acknowledged. */
  get asked(): Voice {
    const { persona, intensity, model } = this.chosen
    const { persona: asked = persona, intensity: pressed = intensity, model: by = model } = this.#asked
    return { persona: asked, intensity: pressed, model: by }
  }

  /** What holds after a conversation was read. */
  afterReading(conversation: Conversation): Voice {
    return this.#underWay > 0 ? this.chosen : voiceOf(conversation)
  }

  /** What was there before in the place of a choice; what was chosen since stays. */
  #undone(choice: AnswerChoice, { persona, intensity, model }: Voice): Partial<Voice> {
    const now = this.chosen
    return {
      ...(choice.persona === now.persona && { persona }),
      ...(choice.intensity === now.intensity && { intensity }),
      ...(choice.model === now.model && { model }),
    }
  }

  #set(change: Partial<ConversationState>): void {
    const { state } = this.#options
    state.set({ ...state.get(), ...change })
  }
}

function voiceOf({ persona, intensity, model }: Voice): Voice {
  return { persona, intensity, model }
}
