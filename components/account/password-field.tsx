'use client'

import { type ComponentProps, useState } from 'react'
import { TextField } from '#components/ui/text-field.tsx'

type PasswordFieldProps = Omit<ComponentProps<typeof TextField>, 'type' | 'autoComplete'> & {
  /** Tells a password manager whether to fill in a password or to propose one. */
  autoComplete: 'current-password' | 'new-password'
}

/** A field for a password, which can be shown while it is typed. */
export function PasswordField(props: PasswordFieldProps) {
  const [isShown, setIsShown] = useState(false)
  return (
    <div className="relative">
      <TextField
        {...props}
        type={isShown ? 'text' : 'password'}
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
      />
      <button
        type="button"
        onClick={() => setIsShown(!isShown)}
        className="-top-1 -right-1 absolute rounded px-1 py-1 text-muted text-sm hover:text-foreground noscript:hidden"
      >
        {isShown ? 'Hide' : 'Show'}
        <span className="sr-only"> {props.label.toLowerCase()}</span>
      </button>
    </div>
  )
}
