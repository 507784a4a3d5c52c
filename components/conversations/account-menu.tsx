'use client'

import { Menu } from '@base-ui/react/menu'
import { Check, ChevronsUpDown, Layers, LogOut, UserRound } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { startTransition, useState } from 'react'
import { menuItemClass, popupClass, popupMotion } from '#components/ui/popup.ts'
import { setPreferenceCookie } from '#components/ui/preference-cookie.ts'
import { THEME_COOKIE, type Theme, themes } from '#lib/chat/theme.ts'

export interface AccountMenuProps {
  name: string
  email: string
  theme: Theme
  signOut: () => Promise<void>
  /** A page was chosen that stands beside the list. */
  onChosen?: (() => void) | undefined
}

const themeLabels: Record<Theme, string> = { system: 'As the system', light: 'Light', dark: 'Dark' }

/** Who is signed in, the theme, the way to the account and out. */
export function AccountMenu({ name, email, theme: initialTheme, signOut, onChosen }: AccountMenuProps) {
  const router = useRouter()
  const [theme, setTheme] = useState(initialTheme)

  function open(path: string) {
    router.push(path)
    onChosen?.()
  }

  function choose(chosen: Theme) {
    setTheme(chosen)
    applyTheme(chosen)
  }

  return (
    <Menu.Root>
      <Menu.Trigger className="flex h-11 w-full items-center gap-2.5 rounded-lg px-2 text-left text-sm transition-colors duration-150 hover:bg-hover data-popup-open:bg-hover">
        <span
          aria-hidden
          className="flex size-7 shrink-0 items-center justify-center rounded-full bg-accent-soft font-medium text-accent text-xs"
        >
          {Array.from(name.trim())[0]?.toUpperCase()}
        </span>
        <span className="min-w-0 flex-1 truncate">
          <span className="sr-only">Account: </span>
          {name}
        </span>
        <ChevronsUpDown aria-hidden size={14} className="text-muted" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner side="top" align="start" sideOffset={6} collisionPadding={8} className="z-40">
          <Menu.Popup className={`${popupClass} ${popupMotion} w-(--anchor-width) p-1`}>
            <p className="truncate px-2.5 py-2 text-muted text-sm">{email}</p>
            <Menu.Separator className="my-1 h-px bg-line" />
            <Menu.RadioGroup value={theme} onValueChange={choose}>
              <Menu.GroupLabel className="px-2.5 pt-1.5 pb-1 text-muted text-xs">Theme</Menu.GroupLabel>
              {themes.map((value) => (
                <Menu.RadioItem key={value} value={value} className={menuItemClass}>
                  <span className="flex-1">{themeLabels[value]}</span>
                  <Menu.RadioItemIndicator className="text-accent">
                    <Check aria-hidden size={16} />
                  </Menu.RadioItemIndicator>
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
            <Menu.Separator className="my-1 h-px bg-line" />
            <Menu.Item className={menuItemClass} onClick={() => open('/personas')}>
              <Layers aria-hidden size={16} className="text-muted" />
              Personas
            </Menu.Item>
            <Menu.Item className={menuItemClass} onClick={() => router.push('/account')}>
              <UserRound aria-hidden size={16} className="text-muted" />
              Account
            </Menu.Item>
            <Menu.Item className={menuItemClass} onClick={() => startTransition(signOut)}>
              <LogOut aria-hidden size={16} className="text-muted" />
              Sign out
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}

function applyTheme(theme: Theme): void {
  setPreferenceCookie(THEME_COOKIE, theme)
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}
