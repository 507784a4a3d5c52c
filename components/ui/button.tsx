import type { ComponentProps } from 'react'
import { classNames } from './class-names.ts'

const variants = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong',
  secondary: 'border border-line bg-raised text-foreground hover:bg-hover',
  quiet: 'text-foreground hover:bg-hover',
  danger: 'bg-danger text-on-danger hover:opacity-90',
}

const sizes = {
  medium: 'h-10 gap-2 px-4 text-sm',
  small: 'h-8 gap-1.5 px-3 text-sm',
  icon: 'size-9 shrink-0',
}

const shape =
  'inline-flex select-none items-center justify-center rounded-lg font-medium transition-colors duration-150 ' +
  'disabled:pointer-events-none disabled:opacity-50 aria-disabled:opacity-50'

export interface ButtonStyle {
  variant?: keyof typeof variants
  size?: keyof typeof sizes
}

/** The looks of a button, for links that look like one. */
export function buttonClass({ variant = 'secondary', size = 'medium' }: ButtonStyle = {}): string {
  return classNames(shape, variants[variant], sizes[size])
}

interface ButtonProps extends ComponentProps<'button'>, ButtonStyle {
  /** For a moment it does nothing, and keeps the focus, which `disabled` would take from it. */
  isBusy?: boolean
}

/** A button; an icon alone (`size="icon"`) needs an `aria-label`. */
export function Button({
  variant,
  size,
  className,
  type = 'button',
  isBusy = false,
  onClick,
  ...props
}: ButtonProps) {
  return (
    <button
      {...props}
      {...(isBusy && { 'aria-disabled': true })}
      type={type}
      className={classNames(buttonClass({ variant, size }), className)}
      onClick={isBusy ? (event) => event.preventDefault() : onClick}
    />
  )
}
