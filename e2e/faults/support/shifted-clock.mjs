/** Loaded into a server before anything else: SIGUSR2 sets its clock forward, or back, by CLOCK_SHIFT_MS. */
const RealDate = Date
let shift = 0

globalThis.Date = class extends RealDate {
  // Next wraps Date again, and copies only what a class has of its own.
  static parse = RealDate.parse
  static UTC = RealDate.UTC

  constructor(...args) {
    super(...(args.length === 0 ? [RealDate.now() + shift] : args))
  }

  static now() {
    return RealDate.now() + shift
  }
}

process.on('SIGUSR2', () => {
  shift = Number(process.env.CLOCK_SHIFT_MS)
})
