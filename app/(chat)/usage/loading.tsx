/** Seen only when summing takes longer than a glance; also by who is signed out, so without what stands around pages. */
export default function UsageLoading() {
  return (
    <p role="status" className="appear-late m-auto text-muted">
      Summing up…
    </p>
  )
}
