import type { PersonBudget } from '#lib/chat/month-spending.ts'
import { BudgetRow } from './budget-row.tsx'

/** Everybody's spending and budget, each to be changed on its own. */
export function BudgetList({ people }: { people: PersonBudget[] }) {
  return (
    <ul className="border-line border-t">
      {people.map((person) => (
        <BudgetRow key={person.id} person={person} />
      ))}
    </ul>
  )
}
