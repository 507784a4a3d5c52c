'use client'

import { useEffect, useRef, useState } from 'react'
import { classNames } from '#components/ui/class-names.ts'

interface SectionLink {
  id: string
  title: string
}

/** Beside the settings where there is room: what there is, and where one is. */
export function SectionLinks({ className }: { className: string }) {
  const [links, setLinks] = useState<SectionLink[]>([])
  const [current, setCurrent] = useState<string | null>(null)
  /** Where one went by a link holds until one scrolls: what stands at the end cannot come to the top. */
  const chosen = useRef<string | null>(null)

  useEffect(() => {
    const sections = [...document.querySelectorAll<HTMLElement>('section[data-settings]')]
    setLinks(sections.map(({ id, dataset }) => ({ id, title: dataset.settings ?? '' })))

    function look() {
      setCurrent(chosen.current ?? sectionAt(sections))
    }
    function onScrolling() {
      chosen.current = null
    }
    look()
    const scrolling = ['wheel', 'touchmove', 'keydown'] as const
    window.addEventListener('scroll', look, { passive: true })
    for (const type of scrolling) window.addEventListener(type, onScrolling, { passive: true })
    return () => {
      window.removeEventListener('scroll', look)
      for (const type of scrolling) window.removeEventListener(type, onScrolling)
    }
  }, [])

  return (
    <nav aria-label="Sections" className={className}>
      <ul className="border-line border-l">
        {links.map(({ id, title }) => (
          <li key={id}>
            <a
              href={`#${id}`}
              aria-current={id === current ? 'location' : undefined}
              className={classNames(
                '-ml-px block border-l py-1 pl-3.5 text-sm outline-offset-[-2px] transition-colors duration-150 hover:text-foreground',
                id === current ? 'border-accent text-foreground' : 'border-transparent text-muted',
              )}
              onClick={() => {
                chosen.current = id
                setCurrent(id)
              }}
            >
              {title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** The section at a line that moves down the window as the page moves up: each comes to it, the last ones too. */
function sectionAt(sections: HTMLElement[]): string | null {
  const { scrollTop, scrollHeight, clientHeight } = document.documentElement
  const way = scrollHeight - clientHeight
  const line = way > 0 ? (scrollTop / way) * clientHeight : 0
  const passed = sections.filter((section) => section.getBoundingClientRect().top <= line)
  return (passed.at(-1) ?? sections[0])?.id ?? null
}
