import { shortenText } from '#lib/chat/shorten-text.ts'

/** What the demo model answers, by what the question is about; the first that fits counts. */
const topics: { about: RegExp; text: string }[] = [
  {
    about: /\b(connect|key|model|openai|openrouter|anthropic|claude|ollama|gpt|provider)\b/i,
    text: `## Connecting a real model

Put one of these into a file named \`.env\` beside \`package.json\`, then start Stoa again:

\`\`\`bash
# OpenAI
OPENAI_API_KEY=…

# Anything that speaks OpenAI's protocol: OpenRouter, vLLM, LM Studio
OPENAI_BASE_URL=https://openrouter.ai/api/v1
OPENAI_API_KEY=…
OPENAI_MODEL=openai/gpt-5.4-mini

# Anthropic
ANTHROPIC_API_KEY=…
\`\`\`

An **Ollama** on this machine is found by itself when no key is set. Every variable is explained in \`.env.example\`.

Until then it is I who answer: a few pages of text chosen by keyword, not an AI model.`,
  },
  {
    about: /\b(persona|personas|prompt|prompts|fragment|character|intensity|stoic|tutor)\b/i,
    text: `## How a persona is made

A persona is *composed*, not pasted. \`prompts/prompts.yaml\` names small Markdown fragments, and Stoa joins them in one order:

| Layer | Folder | What it decides |
| --- | --- | --- |
| base | \`prompts/base\` | what every persona shares |
| core | \`prompts/core\` | who is speaking |
| styles | \`prompts/styles\` | the manner |
| rules | \`prompts/rules\` | what is always or never done |
| intensity | \`prompts/intensity\` | how hard it presses |

Change a fragment and every persona that uses it changes with it. To see what a persona is in the end, run:

\`\`\`bash
npm run prompts -- --persona stoic
\`\`\`

The hash of the composed prompt is kept with every answer, so you can tell later which version wrote it.`,
  },
  {
    about: /\b(lost|lose|reload|stop|crash|kept|keep|store|database|postgres|data)\b/i,
    text: `## What Stoa keeps

Everything you send is in PostgreSQL **before** a model is called, and everything you see is written while it streams:

1. Your message, the empty answer and its run are stored in one step.
2. The words go to your screen, and several times a second to the database.
3. However it ends (finished, stopped, interrupted), the text that is kept is the text you saw.

Try it: send a question, close the tab in the middle of the answer, and open the conversation again. It went on without you.`,
  },
  {
    about: /\b(code|program|function|javascript|typescript|python|algorithm)\b/i,
    text: `I cannot write code for your question, since I am not an AI model. But I can show you how code looks here:

\`\`\`typescript
/** The first message that nobody has answered. */
function firstUnanswered(messages: Message[]): Message | undefined {
  return messages.find((message) => message.role === 'user' && !message.answered)
}
\`\`\`

Long lines scroll, the language is named, and the button in the corner copies it. Connect a model to get answers of its own.`,
  },
  {
    about: /\b(math|maths|formula|equation|integral|proof|number)\b/i,
    text: `I cannot calculate, since I am not an AI model. But formulas are set properly here. Inline, as in $$e^{i\\pi} + 1 = 0$$, or on a line of their own:

$$
\\int_{-\\infty}^{\\infty} e^{-x^2}\\,dx = \\sqrt{\\pi}
$$

Connect a model to get formulas of its own.`,
  },
]

const introduction = `You are talking to Stoa's **demo model**. It is *not an AI model*: it answers from a few prepared pages, so that you can see how everything works before you connect a real one.

### What you can try now

- **Stop** this answer with the button or with Escape; what you have read stays.
- **Reload** the page in the middle of it; the answer goes on where it was.
- Choose another **persona** above; a real model would change its manner at once.
- Open a second tab: the same conversation appears there as it is written.

### What is behind it

| Part | Here |
| --- | --- |
| Page | Next.js and React |
| Answers | Vercel AI SDK, any OpenAI-compatible endpoint or Anthropic |
| Memory | PostgreSQL, started for you when you have none |
| Character | Markdown fragments, composed by \`prompts/prompts.yaml\` |

Ask me how to *connect a model*, how *personas* are composed, or what is *kept* when something goes wrong. I can also show *code* and a *formula*.`

/** The demo model's answer to a message: always the same for the same words. */
export function demoAnswer(message: string): string {
  return topics.find(({ about }) => about.test(message))?.text ?? introduction
}

/** Of how many messages the first words are listed. */
const SUMMARISED = 12

/**
 * The demo model's summary, by rule: the first words of what the person said. What was summarised before is not in it.
 *
 * @param input what is folded, as `renderFold` gives it
 */
export function demoSummary(input: string): string {
  const said = [...input.matchAll(/^The person:\n(.*)$/gm)].map(
    ([, words = '']) => `- ${shortenText(words, 100)}`,
  )
  const left = said.length - SUMMARISED
  return [
    'Made by a rule and not by an AI model: how the messages of the person began.',
    [...said.slice(-SUMMARISED), ...(left > 0 ? [`- and ${left} before`] : [])].join('\n'),
  ].join('\n\n')
}
