import { type Shortcut, shortcutKeys } from '#components/actions/shortcut.ts'
import { isMac } from '#components/ui/is-mac.ts'

/** The keys of a shortcut. Drawn in the browser only, which knows the keyboard. */
export function Keys({ shortcut }: { shortcut: Shortcut }) {
  return (
    <kbd className="flex flex-wrap justify-end gap-1 font-sans">
      {shortcutKeys(shortcut, isMac()).map((key) => (
        <kbd
          key={key}
          className="min-w-5 rounded border border-line bg-surface px-1 text-center font-sans text-muted text-xs leading-4.5"
        >
          {key}
        </kbd>
      ))}
    </kbd>
  )
}
