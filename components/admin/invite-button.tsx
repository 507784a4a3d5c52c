'use client'

import { type FormEvent, useState } from 'react'
import { call, readBody } from '#components/chat/chat-api.ts'
import { ChoiceField } from '#components/settings/choice-field.tsx'
import { FaultLine } from '#components/settings/fault-line.tsx'
import { useRequest } from '#components/settings/use-request.ts'
import { Button } from '#components/ui/button.tsx'
import { FormDialog } from '#components/ui/dialog.tsx'
import { invitationDays, type Role, roleLabels, roles, type SecretLink } from '#lib/chat/person.ts'
import { SecretLinkBox } from './secret-link-box.tsx'

const daysOptions = invitationDays.map((days) => ({
  value: String(days),
  label: days === 1 ? '1 day' : `${days} days`,
}))
const roleOptions = roles.map((value) => ({ value, label: roleLabels[value] }))

/** Makes a link by which somebody joins. */
export function InviteButton() {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button variant="primary" onClick={() => setOpen(true)}>
        Invite somebody…
      </Button>
      <FormDialog isOpen={isOpen} onClose={() => setOpen(false)} title="Invite somebody">
        <InvitationForm onDone={() => setOpen(false)} />
      </FormDialog>
    </>
  )
}

function InvitationForm({ onDone }: { onDone(): void }) {
  const [role, setRole] = useState<Role>('member')
  const [days, setDays] = useState('7')
  const [link, setLink] = useState<SecretLink | null>(null)
  const { isBusy, fault, run } = useRequest()

  async function submit(event: FormEvent) {
    event.preventDefault()
    const made = await run(async () =>
      readBody<{ link: SecretLink }>(
        await call('POST', '/api/invitations', { body: { role, days: Number(days) } }),
      ),
    )
    if (made) setLink(made.link)
  }

  if (link) {
    return (
      <div className="flex flex-col gap-5">
        <SecretLinkBox link={link} label="Link of the invitation" />
        <Button className="self-end" onClick={onDone}>
          Done
        </Button>
      </div>
    )
  }
  return (
    <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-5">
      <p className="text-pretty text-muted text-sm">
        Whoever opens the link first makes an account with it, also while registration is closed.
      </p>
      <ChoiceField<Role> label="Role" value={role} options={roleOptions} onChange={setRole} />
      <ChoiceField label="The link holds for" value={days} options={daysOptions} onChange={setDays} />
      <FaultLine fault={fault} />
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="primary" isBusy={isBusy}>
          {isBusy ? 'Making…' : 'Make link'}
        </Button>
      </div>
    </form>
  )
}
