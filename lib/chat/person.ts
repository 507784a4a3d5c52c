import { z } from 'zod'
import type { Microcents } from './money.ts'

export const roles = ['member', 'administrator'] as const
export type Role = (typeof roles)[number]

export const roleLabels: Record<Role, string> = { member: 'Member', administrator: 'Administrator' }

/** Somebody who has an account, as administrators see them. */
export interface PersonEntry {
  id: string
  name: string
  email: string
  role: Role
  isDisabled: boolean
  createdAt: string
  /** This month (UTC). */
  spent: Microcents
  /** NULL: the usual one. */
  ownBudget: Microcents | null
}

/** What an administrator may change of somebody's account. */
export const personChangeSchema = z
  .strictObject({ role: z.enum(roles).optional(), disabled: z.boolean().optional() })
  .refine((change) => Object.keys(change).length > 0, 'Name at least one of: role, disabled.')

export type PersonChange = z.infer<typeof personChangeSchema>

/** How long the link of an invitation can hold, in days. */
export const invitationDays = [1, 7, 30] as const

const days = z.literal(invitationDays, `wants one of ${invitationDays.join(', ')}`)

export const newInvitationSchema = z.strictObject({ role: z.enum(roles), days })

export type NewInvitation = z.infer<typeof newInvitationSchema>

/** An invitation that can still be used. */
export interface OpenInvitation {
  id: string
  role: Role
  expiresAt: string
}

/** A link with a secret in it, which is shown once. */
export interface SecretLink {
  url: string
  expiresAt: string
}
