'use client'

import { Menu } from '@base-ui/react/menu'
import { Building2, ChartColumn, Check, ChevronsUpDown, Layers, LogOut, Settings } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { startTransition, useState } from 'react'
import { forgetOthers } from '#components/offline/offline-storage.ts'
import { menuClass, menuItemClass } from '#components/ui/popup.ts'
import { setTheme, shownTheme } from '#components/ui/set-theme.ts'
import { type Theme, themeLabels, themes } from '#lib/chat/theme.ts'

export interface AccountMenuProps {
  name: string
  email: string
  isAdministrator: boolean
  theme: Theme
  signOut: () => Promise<void>
  /** A page was chosen that stands beside the list. */
  onChosen?: (() => void) | undefined
}

/** Who is signed in, the theme, the ways to the other pages and out. */
export function AccountMenu({
  name,
  email,
  isAdministrator,
  theme: initialTheme,
  signOut,
  onChosen,
}: AccountMenuProps) {
  const router = useRouter()
  const [theme, showTheme] = useState(initialTheme)

  function open(path: string) {
    router.push(path)
    onChosen?.()
  }

  function leave() {
    startTransition(async () => {
      // What is kept to be read offline does not outlive the session.
      await forgetOthers(null)
      await signOut()
    })
  }

  function choose(chosen: Theme) {
    showTheme(chosen)
    setTheme(chosen)
  }

  return (
    // The palette may have chosen another.
    <Menu.Root onOpenChange={(isOpen) => isOpen && showTheme(shownTheme())}>
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
          <Menu.Popup className={`${menuClass} w-(--anchor-width)`}>
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
            <Menu.Item className={menuItemClass} onClick={() => open('/usage')}>
              <ChartColumn aria-hidden size={16} className="text-muted" />
              Usage
            </Menu.Item>
            {isAdministrator && (
              <Menu.Item className={menuItemClass} onClick={() => open('/admin')}>
                <Building2 aria-hidden size={16} className="text-muted" />
                Administration
              </Menu.Item>
            )}
            <Menu.Item className={menuItemClass} onClick={() => router.push('/settings')}>
              <Settings aria-hidden size={16} className="text-muted" />
              Settings
            </Menu.Item>
            <Menu.Item className={menuItemClass} onClick={leave}>
              <LogOut aria-hidden size={16} className="text-muted" />
              Sign out
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
