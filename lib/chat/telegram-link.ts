/** A linked chat of Telegram as its owner sees it. */
export interface LinkedChat {
  /** Telegram's number: more than a JSON number holds. */
  id: string
  title: string
  linkedAt: string
}

/** A code that links a chat to whoever made it. */
export interface LinkOffer {
  code: string
  /** Opens the bot with the code; NULL while Telegram has not told its name. */
  link: string | null
  /** The bot's name, without @. */
  bot: string | null
  expiresAt: string
}
