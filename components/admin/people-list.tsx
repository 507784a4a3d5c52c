import Link from 'next/link'
import { formatMoney } from '#lib/chat/money.ts'
import { type PersonEntry, roleLabels } from '#lib/chat/person.ts'

/** Everybody who has an account; each leads to what can be done for them. */
export function PeopleList({ people }: { people: PersonEntry[] }) {
  return (
    <ul className="border-line border-t">
      {people.map(({ id, name, email, role, isDisabled, spent, ownBudget }) => (
        <li key={id} className="border-line not-last:border-b">
          <Link
            href={`/admin/people/${id}`}
            prefetch={false}
            className="-mx-2 flex flex-wrap items-baseline gap-x-6 gap-y-0.5 rounded-lg px-2 py-3 transition-colors duration-150 hover:bg-hover"
          >
            <span className="min-w-0 flex-1 basis-60">
              <span className="block font-medium wrap-anywhere">{name}</span>
              <span className="block text-muted text-sm wrap-anywhere">{email}</span>
            </span>
            <span className="w-32 text-sm">
              {isDisabled ? <span className="text-danger">Disabled</span> : roleLabels[role]}
            </span>
            <span className="text-muted text-sm tabular-nums sm:w-52 sm:text-right">
              {formatMoney(spent)} this month
              {ownBudget !== null && `, of ${formatMoney(ownBudget)}`}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
