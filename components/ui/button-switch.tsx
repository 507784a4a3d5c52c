interface ButtonSwitchProps<Value extends string> {
  label: string
  value: Value
  options: readonly { value: Value; label: string }[]
  onChange(value: Value): void
}

/** A choice of one of a few views, where they are. */
export function ButtonSwitch<Value extends string>({
  label,
  value,
  options,
  onChange,
}: ButtonSwitchProps<Value>) {
  return (
    <fieldset aria-label={label} className="inline-flex max-w-full flex-wrap rounded-lg bg-surface p-0.5">
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          className="inline-flex h-8 items-center rounded-md border border-transparent px-3 text-muted text-sm transition-colors duration-150 hover:text-foreground aria-pressed:border-line aria-pressed:bg-raised aria-pressed:font-medium aria-pressed:text-foreground"
          onClick={() => onChange(option.value)}
        >
          {option.label}
        </button>
      ))}
    </fieldset>
  )
}
