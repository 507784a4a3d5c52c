import { Button } from '#components/ui/button.tsx'

interface ProviderButtonsProps {
  providers: { id: string; name: string }[]
  action: (form: FormData) => Promise<void>
  callbackUrl: string
  /** What a button does, before the provider's name. */
  verb: string
}

/** One button for each other place to sign in at. */
export function ProviderButtons({ providers, action, callbackUrl, verb }: ProviderButtonsProps) {
  return (
    <form action={action} className="flex flex-col gap-2">
      <input type="hidden" name="callbackUrl" value={callbackUrl} />
      {providers.map(({ id, name }) => (
        <Button key={id} type="submit" name="provider" value={id} className="min-h-11">
          {verb} {name}
        </Button>
      ))}
    </form>
  )
}
