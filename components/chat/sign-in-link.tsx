import { buttonClass } from '#components/ui/button.tsx'

/** Leads to signing in, and back to where the person is; what waits there is sent then. */
export function SignInLink() {
  return (
    <a
      className={buttonClass({ variant: 'primary', size: 'small' })}
      href={`/login?callbackUrl=${encodeURIComponent(window.location.pathname)}`}
    >
      Sign in again
    </a>
  )
}
