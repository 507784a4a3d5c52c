/**
 * Replaces each `{name}` by its value, in one pass: what a value contains is inserted as it is, and any other brace is
 * plain text.
 */
export function fillVariables(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{([a-z_]+)\}/g, (braces, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? braces) : braces,
  )
}

/**
 * What looks like a variable, with the line it is on. Braces that belong to something else (`${x}`, `{{x}}`, the
 * `\frac{a}{b}` and `x_{n}` of mathematics) do not.
 */
export function findVariables(text: string): { name: string; line: number }[] {
  return text.split('\n').flatMap((line, index) =>
    [...line.matchAll(/(?<![\w\\{}$^])\{([a-z_]+)\}(?!\})/g)].map(([, name = '']) => ({
      name,
      line: index + 1,
    })),
  )
}
