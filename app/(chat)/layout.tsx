import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { signOutAction } from '#app/(account)/actions.ts'
import { ChatShell } from '#components/chat/chat-shell.tsx'
import { PromptFaultNotice } from '#components/chat/prompt-fault-notice.tsx'
import { currentPreferences, currentUser } from '#lib/auth/session.ts'
import { offeredPreferences } from '#lib/chat/offered-preferences.ts'
import { THEME_COOKIE, themeFrom } from '#lib/chat/theme.ts'
import { TIME_ZONE_COOKIE, timeZoneFrom } from '#lib/chat/time-zone.ts'
import { listFolders } from '#lib/db/folders.ts'
import { listConversations } from '#lib/db/list-conversations.ts'
import { promptLibrary, promptLibraryFault } from '#lib/prompts/library.ts'
import { answeringModels } from '#lib/server/answering-models.ts'
import { buildId } from '#lib/server/build-id.ts'

export default async function ChatLayout({ children }: { children: ReactNode }) {
  const user = await currentUser()
  // The page inside sends people to sign in, since it knows its own path.
  if (!user) return children
  const { id: userId, name, email } = user
  const isAdministrator = user.role === 'administrator'
  const listed = { archived: false }
  const [firstPage, pinnedPage, folders, { models, isWhole: knowsAllModels }, chosen, jar] =
    await Promise.all([
      listConversations(userId, { ...listed, pinned: false, folder: null }),
      listConversations(userId, { ...listed, pinned: true }),
      listFolders(userId),
      answeringModels(),
      currentPreferences(),
      cookies(),
    ])
  const { personas, defaultPersona } = promptLibrary()
  const preferences = offeredPreferences(chosen, { personas, models })
  const promptFault = promptLibraryFault()
  return (
    <ChatShell
      buildId={await buildId()}
      seed={{
        ...{ userId, personas, models, knowsAllModels, preferences, firstPage, pinnedPage, folders },
        isAdministrator,
        isFirstLook:
          isAdministrator &&
          [firstPage, pinnedPage].every(({ conversations }) => conversations.length === 0) &&
          folders.length === 0,
        defaultPersona: preferences.persona ?? defaultPersona,
      }}
      sidebar={{
        account: {
          name,
          email,
          isAdministrator,
          theme: themeFrom(jar.get(THEME_COOKIE)?.value),
          signOut: signOutAction,
        },
        clock: { now: Date.now(), timeZone: timeZoneFrom(jar.get(TIME_ZONE_COOKIE)?.value) },
      }}
    >
      {promptFault && <PromptFaultNotice fault={promptFault} />}
      {children}
    </ChatShell>
  )
}
