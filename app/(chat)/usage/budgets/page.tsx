import { redirect } from 'next/navigation'
import { requirePageAdministrator } from '#lib/auth/session.ts'

/** Budgets are set with all else that can be set of a person; addresses that were kept lead there. */
export default async function BudgetsPage() {
  await requirePageAdministrator('/usage/budgets')
  redirect('/admin')
}
