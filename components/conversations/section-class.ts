/** A part of the list, and what it is called. */
export const sectionClass = 'mt-4 first:mt-1 compact:mt-2.5'
export const sectionHeadingClass = 'px-2 pb-1 font-medium text-muted text-xs'
