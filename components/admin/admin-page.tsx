import type { ReactNode } from 'react'
import { DocumentPage } from '#components/chat/document-page.tsx'
import { LinkSwitch } from '#components/ui/link-switch.tsx'

const views = [
  { href: '/admin', label: 'People' },
  { href: '/admin/system', label: 'System' },
  { href: '/admin/audit', label: 'Audit log' },
] as const

interface AdminPageProps {
  current: (typeof views)[number]['href']
  intro: ReactNode
  actions?: ReactNode
  children: ReactNode
}

/** One of the views of administration, with the ways to the others. */
export function AdminPage({ current, intro, actions, children }: AdminPageProps) {
  return (
    <DocumentPage title="Administration" intro={intro} actions={actions}>
      <div className="mb-8">
        <LinkSwitch
          label="Administration"
          options={views.map((view) => ({ ...view, isCurrent: view.href === current }))}
        />
      </div>
      {children}
    </DocumentPage>
  )
}
