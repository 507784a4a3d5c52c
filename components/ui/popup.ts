/** The surface of what opens above the page: menus, lists, dialogs. */
export const popupClass =
  'rounded-xl border border-line bg-raised text-foreground shadow-raised outline-hidden'

/** How it comes and goes; nothing with reduced motion (globals.css). */
export const popupMotion =
  'origin-(--transform-origin) transition-[opacity,scale] duration-100 ease-out ' +
  'data-starting-style:scale-98 data-starting-style:opacity-0 data-ending-style:scale-98 data-ending-style:opacity-0'

/** One line of a menu. */
export const menuItemClass =
  'flex h-9 cursor-default select-none items-center gap-2.5 rounded-md px-2.5 text-sm outline-hidden data-highlighted:bg-hover'
