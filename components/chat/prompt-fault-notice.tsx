/** In development: an edit of the prompt library that does not serve, and why. */
export function PromptFaultNotice({ fault }: { fault: string }) {
  return (
    <details className="shrink-0 border-line border-b bg-danger-soft px-4 py-2 text-sm">
      <summary className="font-medium text-danger">
        The last edit of the prompts does not serve; the ones before it do.
      </summary>
      <pre className="mt-2 overflow-x-auto whitespace-pre-wrap font-mono text-xs">{fault}</pre>
    </details>
  )
}
