'use client'

import { useRouter } from 'next/navigation'
import { SelectField } from '#components/ui/select-field.tsx'
import { type AuditAction, auditActionFrom, auditActions } from '#lib/chat/audit.ts'

const ALL = 'all'
const options = [
  { value: ALL, label: 'Everything' },
  ...Object.entries(auditActions).map(([value, words]) => ({
    value,
    label: `${words[0]?.toUpperCase()}${words.slice(1)} …`,
  })),
]

/** Which kind of entries the log shows. */
export function AuditFilter({ action }: { action: AuditAction | null }) {
  const router = useRouter()
  return (
    <div className="mb-2 -ml-2.5">
      <SelectField
        label="What was done"
        value={action ?? ALL}
        options={options}
        onChange={(value) => {
          const chosen = auditActionFrom(value)
          router.push(chosen ? `/admin/audit?action=${chosen}` : '/admin/audit')
        }}
      />
    </div>
  )
}
