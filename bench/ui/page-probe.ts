/** What the page keeps of itself from its first moment on; times in ms on its own clock. */
export interface Probe {
  longTasks: { start: number; duration: number }[]
  /** Of what moved without the person's doing. */
  shifts: { start: number; value: number }[]
  largestPaint: number
  firstPaint: number
  /** From each key until the frame that shows it was painted. */
  keys: number[]
  /** When the composer was there and took input by its own script. */
  composerReady: number | null
  /** When the text that was waited for was in view. */
  seen: Record<string, number>
  /** Notes in `seen` the first frame that was painted with a text in view, of the last message or anywhere. */
  watch(text: string): void
  reset(): void
}

declare global {
  interface Window {
    stoaProbe: Probe
  }
}

/** Runs in the page before its own scripts: nothing from outside may be used in it. */
export function installProbe(): void {
  const probe: Probe = {
    ...{ longTasks: [], shifts: [], largestPaint: 0, firstPaint: 0, keys: [], composerReady: null, seen: {} },
    watch(text) {
      const look = () => {
        const article = [...document.querySelectorAll('article')].findLast((each) =>
          each.textContent?.includes(text),
        )
        const place = article?.getBoundingClientRect()
        if (place && place.bottom > 0 && place.top < window.innerHeight) {
          afterPaint(() => {
            probe.seen[text] = performance.now()
          })
        } else requestAnimationFrame(look)
      }
      look()
    },
    reset() {
      Object.assign(probe, { longTasks: [], shifts: [], keys: [], seen: {} })
    },
  }
  window.stoaProbe = probe

  /** A message comes to its turn when the frame before it is painted. */
  function afterPaint(run: () => void) {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = run
      port2.postMessage(null)
    })
  }

  function observe<Entry extends PerformanceEntry>(type: string, take: (entry: Entry) => void) {
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) take(entry as Entry)
    }).observe({ type, buffered: true })
  }
  observe('longtask', ({ startTime, duration }) => probe.longTasks.push({ start: startTime, duration }))
  observe<PerformanceEntry & { value: number; hadRecentInput: boolean }>('layout-shift', (entry) => {
    if (!entry.hadRecentInput) probe.shifts.push({ start: entry.startTime, value: entry.value })
  })
  observe('largest-contentful-paint', ({ startTime }) => {
    probe.largestPaint = startTime
  })
  observe('paint', ({ name, startTime }) => {
    if (name === 'first-contentful-paint') probe.firstPaint = startTime
  })
  window.addEventListener(
    'keydown',
    ({ timeStamp }) => afterPaint(() => probe.keys.push(performance.now() - timeStamp)),
    { capture: true },
  )
  const lookForComposer = () => {
    const field = document.querySelector('textarea')
    // React marks what it has taken over.
    if (field && Object.keys(field).some((key) => key.startsWith('__reactProps'))) {
      probe.composerReady = performance.now()
    } else requestAnimationFrame(lookForComposer)
  }
  lookForComposer()
}
