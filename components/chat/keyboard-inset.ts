/** Less than this is the browser's own bars coming and going, in px. */
const LEAST_PX = 100

interface Viewports {
  /** Of the page. */
  innerHeight: number
  /** Of what is seen of it. */
  height: number
  scale: number
}

/** How much of the page the on-screen keyboard covers, in px: 0 where the browser shrinks the page, or has zoomed it. */
export function keyboardInset({ innerHeight, height, scale }: Viewports): number {
  const covered = Math.round(innerHeight - height)
  return scale > 1.01 || covered < LEAST_PX ? 0 : covered
}
