'use client'

import type { ReactNode } from 'react'
import { useGoTo } from '#components/chat/chat-context.tsx'
import type { ConversationListItem } from '#lib/chat/types.ts'

/** One line of the archive or the trash. */
export function LibraryLine({
  item,
  isLink,
  note,
  children,
}: {
  item: ConversationListItem
  isLink: boolean
  /** When it was, or how long it will be. */
  note: string
  /** What can be done with it. */
  children: ReactNode
}) {
  const goTo = useGoTo()
  const path = `/chat/${item.id}`
  return (
    <li
      data-row={item.id}
      className="flex flex-wrap items-center gap-x-4 gap-y-1 border-line border-b py-2.5 [content-visibility:auto] [contain-intrinsic-size:auto_3.5rem] [overflow-clip-margin:0.5rem]"
    >
      <div className="min-w-40 flex-1">
        {isLink ? (
          <a
            href={path}
            data-walk=""
            title={item.title}
            className="line-clamp-2 font-medium text-sm wrap-anywhere hover:underline"
            onClick={(event) => {
              if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
              event.preventDefault()
              goTo(path)
            }}
          >
            {item.title}
          </a>
        ) : (
          <p title={item.title} className="line-clamp-2 font-medium text-sm wrap-anywhere">
            {item.title}
          </p>
        )}
        <p className="text-muted text-xs tabular-nums">{note}</p>
      </div>
      <div className="flex shrink-0 gap-1">{children}</div>
    </li>
  )
}

/** What stands where there is nothing to list. */
export function LibraryEmpty({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="rounded-xl border border-line border-dashed px-6 py-12 text-center">
      <p className="font-medium">{title}</p>
      <p className="mx-auto mt-1 max-w-88 text-pretty text-muted text-sm">{children}</p>
    </div>
  )
}
