/** A fault whose message tells a person all there is to know: it is shown without a stack. */
export class LaunchError extends Error {
  override readonly name = 'LaunchError'
}
