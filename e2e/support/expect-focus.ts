import { expect, type Locator, type Page } from '@playwright/test'

/** Holds that the focus is on this, and that one can see it there. */
export async function expectFocus(target: Locator): Promise<void> {
  // What has it instead is told, as it is never the target that says why.
  await expect
    .poll(() =>
      target.evaluate((element) => {
        const { activeElement } = document
        return element === activeElement ? 'the target' : activeElement?.outerHTML.slice(0, 200)
      }),
    )
    .toBe('the target')
  await expectFocusSeen(target.page())
}

/**
 * Holds that the focus is somewhere: not on the body, in view, and drawn: by an outline, by the ground of a line in a menu,
 * or by the caret of a field.
 */
export async function expectFocusSeen(page: Page): Promise<void> {
  await expect
    .poll(() => page.evaluate(describeFocus))
    .toMatchObject({ isSomewhere: true, isInView: true, isDrawn: true })
}

function describeFocus() {
  const element = document.activeElement ?? document.body
  const { top, bottom, left, right } = element.getBoundingClientRect()
  const { outlineStyle } = getComputedStyle(element)
  return {
    // For the message of a failure.
    element: element.outerHTML.slice(0, 120),
    isSomewhere: element !== document.body,
    isInView:
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
      bottom > 0 &&
      right > 0 &&
      top < innerHeight &&
      left < innerWidth,
    isDrawn:
      outlineStyle !== 'none' ||
      element.matches('input, textarea, [data-highlighted], [role="menu"], [role="dialog"]'),
  }
}
