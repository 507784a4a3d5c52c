/**
 * How many of the latest messages a page begins with, and how many more come as one scrolls up: what a screen shows and
 * three more below 3,000 nodes (docs/performance.md).
 */
export const MESSAGES_PER_PAGE = 30

/** Which messages of a branch are read: its latest page, and all from one on that is to be among them. */
export interface BranchWindow {
  /** NULL: no more than the page; so, too, when it is not on the branch. */
  from: string | null
}
