/** The surface of what opens above the page: menus, lists, dialogs. */
export const popupClass =
  'rounded-xl border border-line bg-raised text-foreground shadow-raised outline-hidden'

/** How it comes and goes; nothing with reduced motion (globals.css). */
export const popupMotion =
  'origin-(--transform-origin) transition-[opacity,scale] duration-100 ease-out ' +
  'data-starting-style:scale-98 data-starting-style:opacity-0 data-ending-style:scale-98 data-ending-style:opacity-0'

/** A menu: of the room that there is, with letters of any size. */
export const menuClass = `${popupClass} ${popupMotion} max-h-(--available-height) max-w-(--available-width) overflow-y-auto p-1`

/** One line of a menu. */
export const menuItemClass =
  'flex h-9 cursor-default select-none items-center gap-2.5 rounded-md px-2.5 text-sm outline-hidden data-highlighted:bg-hover'

/** What opens a quiet choice of one of several. */
export const choiceTriggerClass =
  'flex h-9 min-w-0 max-w-full select-none items-center gap-1 rounded-lg px-2.5 text-sm transition-colors duration-150 ' +
  'hover:bg-hover data-popup-open:bg-hover'
