import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test'
import { launchOptions } from '#e2e/support/browser.ts'
import { type RunningStack, startStack } from '#e2e/support/start-stack.ts'
import { storePerson } from '#e2e/support/store-person.ts'
import { LONG_CONVERSATION } from '#scripts/seed/make-library.ts'
import { seedAccount } from '#scripts/seed/seed-account.ts'
import { noteRunning } from '../servers/running.ts'
import { installProbe } from './page-probe.ts'

export interface UiStack {
  origin: string
  provider: RunningStack['provider']
  context: BrowserContext
  /** A page of the person's, with what measures it inside. */
  newPage(): Promise<Page>
  /** The path of the conversation of a thousand messages, and of a short one. */
  long: string
  short: string
}

/** The built Stoa with the scripted provider, and a person with a seeded library, signed in in a real Chromium. */
export async function startUiStack(library: { conversations: number; messages: number }): Promise<UiStack> {
  const stack = await startStack()
  noteRunning(stack.stop)
  const browser: Browser = await chromium.launch(launchOptions())
  noteRunning(() => browser.close())
  const context = await browser.newContext({
    ...{ baseURL: stack.origin, locale: 'en-GB', viewport: { width: 1440, height: 900 } },
  })
  await context.addInitScript(installProbe)
  const page = await context.newPage()
  const { email } = await storePerson(context, page, stack)
  await seedAccount(stack.databaseUrl, { email, ...library })
  const list = await context.request.get('/api/conversations')
  const { conversations } = (await list.json()) as { conversations: { id: string; title: string }[] }
  await page.close()
  const isLong = ({ title }: { title: string }) => title === LONG_CONVERSATION.title
  return {
    ...{ origin: stack.origin, provider: stack.provider, context },
    newPage: () => context.newPage(),
    long: `/chat/${conversations.find(isLong)?.id}`,
    short: `/chat/${conversations.find((each) => !isLong(each))?.id}`,
  }
}
