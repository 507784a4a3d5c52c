'use client'

import { Component, type ComponentType, type ReactNode, useEffect, useEffectEvent } from 'react'
import { useCell } from '#components/chat/use-cell.ts'
import { createLatePart, sayLateFault } from './late-part.ts'

interface Closable {
  onClose(): void
}

/**
 * Something that opens above the page, loaded when it is opened for the first time. When that fails it is closed, and the
 * page below stays as it is.
 */
export function lateOverlay<Props>(
  read: () => Promise<ComponentType<Props>>,
): ComponentType<Props & Closable> {
  const part = createLatePart(read)
  // biome-ignore lint/correctness/noComponentHookFactories: called once for each overlay, where modules are read.
  return function LateOverlay(props: Props & Closable) {
    const Overlay = useCell(part.loaded)
    const close = useEffectEvent(() => props.onClose())

    useEffect(() => {
      if (Overlay) return
      let isGone = false
      void part.load().then((loaded) => {
        if (!loaded && !isGone) close()
      })
      return () => {
        isGone = true
      }
    }, [Overlay])

    return (
      Overlay && (
        <OverlayBoundary onClose={props.onClose}>
          <Overlay {...props} />
        </OverlayBoundary>
      )
    )
  }
}

/** What throws in an overlay closes it, and takes nothing else with it. */
class OverlayBoundary extends Component<Closable & { children: ReactNode }, { isBroken: boolean }> {
  override state = { isBroken: false }

  static getDerivedStateFromError() {
    return { isBroken: true }
  }

  override componentDidCatch() {
    sayLateFault('This could not be shown. Try again, or reload the page.')
    this.props.onClose()
  }

  override render() {
    return this.state.isBroken ? null : this.props.children
  }
}
