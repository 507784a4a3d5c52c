import type { ReactNode } from 'react'

interface SettingsSectionProps {
  title: string
  /** What there is to know of all that is in it. */
  about?: ReactNode
  children: ReactNode
}

/** A part of the settings: what it is about, and beside it what can be set. */
export function SettingsSection({ title, about, children }: SettingsSectionProps) {
  const id = title.toLowerCase().replaceAll(' ', '-')
  return (
    <section
      id={id}
      data-settings={title}
      aria-labelledby={`${id}-title`}
      className="grid scroll-mt-2 gap-x-12 gap-y-5 border-line border-t py-8 md:grid-cols-[13rem_minmax(0,1fr)]"
    >
      <div>
        <h2 id={`${id}-title`} className="font-medium">
          {title}
        </h2>
        {about && <p className="mt-1.5 text-pretty text-muted text-sm">{about}</p>}
      </div>
      <div className="flex min-w-0 flex-col gap-6">{children}</div>
    </section>
  )
}
