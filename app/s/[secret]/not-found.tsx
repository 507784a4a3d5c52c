import { NothingHere } from '#components/ui/nothing-here.tsx'

/** For whoever was sent the link: they need not have an account here. */
export default function SharedCopyMissing() {
  return (
    <NothingHere
      title="This link leads to nothing"
      explanation="The link was revoked or has run out, or a part of it is missing. Whoever sent it can make another."
    />
  )
}
