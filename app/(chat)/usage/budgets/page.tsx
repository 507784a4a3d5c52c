import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { DocumentPage } from '#components/chat/document-page.tsx'
import { BudgetList } from '#components/usage/budget-list.tsx'
import { requirePageUser } from '#lib/auth/session.ts'
import { formatMoney } from '#lib/chat/money.ts'
import { listBudgets } from '#lib/db/budgets.ts'
import { defaultBudget } from '#lib/server/turn-setting.ts'

export const metadata: Metadata = { title: 'Budgets' }

export default async function BudgetsPage() {
  const user = await requirePageUser('/usage/budgets')
  if (user.role !== 'administrator') notFound()
  const usual = defaultBudget()
  return (
    <DocumentPage
      title="Budgets"
      parent={{ href: '/usage', label: 'Usage' }}
      intro={`What each person has spent this month (UTC), and may. Who has no budget of their own has the usual one: ${usual === null ? 'no limit' : formatMoney(usual)}.`}
    >
      <BudgetList people={await listBudgets()} />
    </DocumentPage>
  )
}
