import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import {
  changePasswordAction,
  signInWithProviderAction,
  signOutEverywhereAction,
} from '#app/(account)/actions.ts'
import { PageHeading } from '#components/account/page-heading.tsx'
import { PasswordForm } from '#components/account/password-form.tsx'
import { ProviderButtons } from '#components/account/provider-buttons.tsx'
import { AppearanceSettings } from '#components/settings/appearance-settings.tsx'
import { DeleteAccount } from '#components/settings/delete-account.tsx'
import { InstructionsForm } from '#components/settings/instructions-form.tsx'
import { KeySettings } from '#components/settings/key-settings.tsx'
import { NameForm } from '#components/settings/name-form.tsx'
import { NewConversationSettings } from '#components/settings/new-conversation-settings.tsx'
import { NotificationSettings } from '#components/settings/notification-settings.tsx'
import { SettingsSection } from '#components/settings/settings-section.tsx'
import { ShareSettings } from '#components/settings/share-settings.tsx'
import { TelegramSettings } from '#components/settings/telegram-settings.tsx'
import { TokenSettings } from '#components/settings/token-settings.tsx'
import { ImportSettings } from '#components/transfer/import-settings.tsx'
import { Button, buttonClass } from '#components/ui/button.tsx'
import { describeSignInError } from '#lib/auth/describe-sign-in-error.ts'
import { requirePageUser } from '#lib/auth/session.ts'
import { signInProviders } from '#lib/auth/sign-in-providers.ts'
import { THEME_COOKIE, themeFrom } from '#lib/chat/theme.ts'
import { listApiTokens } from '#lib/db/api-tokens.ts'
import { findImport } from '#lib/db/imports.ts'
import { inTime } from '#lib/db/in-time.ts'
import { listShares } from '#lib/db/shares.ts'
import { env } from '#lib/env.ts'
import { readSettings } from '#lib/server/read-settings.ts'
import { readLinkedChats } from '#lib/telegram/linking.ts'

export const metadata: Metadata = { title: 'Settings' }

export default async function SettingsPage({ searchParams }: PageProps<'/settings'>) {
  const { error, notice } = await searchParams
  const { id: userId } = await requirePageUser('/settings')
  const [
    { profile, linked, departure, personas, persona, offer, model },
    telegramChats,
    tokens,
    shares,
    imported,
    jar,
  ] = await Promise.all([
    readSettings(userId),
    readLinkedChats(userId),
    inTime(listApiTokens(userId)),
    inTime(listShares(userId)),
    inTime(findImport(userId, null)),
    cookies(),
  ])
  const { name, email, hasPassword, aboutYou, howToAnswer, preferences } = profile
  const { density, enterSends, singleKeys } = preferences
  const providers = signInProviders(env())
  const fault = describeSignInError(typeof error === 'string' ? error : undefined, undefined)
  return (
    <>
      <PageHeading title="Settings" home="Back to your conversations" />
      {fault && (
        <p role="alert" className="mb-6 rounded-lg bg-danger-soft px-3 py-2.5 text-danger text-sm">
          {fault}
        </p>
      )}
      <SettingsSection title="Profile">
        <NameForm name={name} email={email} />
      </SettingsSection>
      <SettingsSection
        title="Instructions"
        about="Told to every answer, in all your conversations, whichever persona answers."
      >
        <InstructionsForm userId={userId} aboutYou={aboutYou} howToAnswer={howToAnswer} />
      </SettingsSection>
      <SettingsSection
        title="New conversations"
        about="Who answers, until you choose otherwise in the conversation."
      >
        <NewConversationSettings personas={personas} persona={persona} offer={offer} model={model} />
      </SettingsSection>
      <SettingsSection title="Appearance">
        <AppearanceSettings theme={themeFrom(jar.get(THEME_COOKIE)?.value)} density={density} />
      </SettingsSection>
      <SettingsSection title="Keys">
        <KeySettings enterSends={enterSends} singleKeys={singleKeys} />
      </SettingsSection>
      <SettingsSection title="Notifications">
        <NotificationSettings userId={userId} />
      </SettingsSection>
      <SettingsSection
        title="Shared conversations"
        about="Copies that whoever has their link can read, without an account."
      >
        <ShareSettings shares={shares} />
      </SettingsSection>
      <SettingsSection
        title="Import and export"
        about="Conversations come with their branches and times. What is here already is skipped."
      >
        <ImportSettings stored={imported} maxMegabytes={env().IMPORT_MAX_MB} />
        <div>
          <p className="text-sm">Take all your conversations with you:</p>
          <div className="mt-3 flex flex-wrap gap-3">
            <a href="/api/conversations/export?format=markdown" download className={buttonClass()}>
              Export as Markdown
            </a>
            <a href="/api/conversations/export?format=json" download className={buttonClass()}>
              Export as JSON
            </a>
          </div>
          <p className="mt-3 text-pretty text-muted text-sm">
            Markdown is to be read, a file for each conversation. JSON has every branch, and can be imported
            again.
          </p>
        </div>
      </SettingsSection>
      <SettingsSection
        title="API tokens"
        about={
          <>
            For programs that work in your name: the command line, scripts, other apps.{' '}
            <a href="/api/docs" className="underline underline-offset-2">
              What they can do
            </a>
          </>
        }
      >
        <TokenSettings tokens={tokens} now={new Date().toISOString()} />
      </SettingsSection>
      {telegramChats && (
        <SettingsSection
          title="Telegram"
          about="Talk here from Telegram. What is asked in a linked chat counts as asked by you."
        >
          <TelegramSettings chats={telegramChats} />
        </SettingsSection>
      )}
      <SettingsSection title="Password">
        {notice === 'password' && (
          <p role="status" className="text-pretty text-sm">
            Your password is changed. Every other session has ended.
          </p>
        )}
        <PasswordForm action={changePasswordAction} email={email} hasPassword={hasPassword} />
      </SettingsSection>
      {providers.length > 0 && (
        <SettingsSection title="Other ways to sign in">
          {providers
            .filter((provider) => linked.includes(provider.id))
            .map((provider) => (
              <p key={provider.id} className="text-sm">
                {provider.name} <span className="text-muted">is connected.</span>
              </p>
            ))}
          <ProviderButtons
            providers={providers.filter((provider) => !linked.includes(provider.id))}
            action={signInWithProviderAction}
            callbackUrl="/settings"
            verb="Connect"
          />
        </SettingsSection>
      )}
      <SettingsSection title="Sessions" about="Signs you out in every browser, this one included.">
        <form action={signOutEverywhereAction}>
          <Button type="submit">Sign out everywhere</Button>
        </form>
      </SettingsSection>
      <SettingsSection
        title="Your data"
        about="One JSON file with your settings, every conversation with what each answer was sent, and your usage. What you deleted within the last 30 days is in it, too."
      >
        <a href="/api/account/export" download className={`${buttonClass()} self-start`}>
          Download everything
        </a>
      </SettingsSection>
      <SettingsSection
        title="Delete account"
        about="Deletes everything that is kept of you, at once and for good."
      >
        <DeleteAccount userId={userId} email={email} hasPassword={hasPassword} departure={departure} />
      </SettingsSection>
    </>
  )
}
