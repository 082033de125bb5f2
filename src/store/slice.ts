/** The input of the function that builds a slice, and its result. */
import type { Services } from './services.ts'
import type { PageActions, PageState } from './state.ts'
import type { Watch } from './watchers.ts'

/**
 * Access to the whole page: state, actions and services.
 *
 * @typeParam Used the services on which a slice acts. Those of the first view are there before all others.
 */
export type PageAccess<Used = Services> = {
  readonly get: () => PageState
  /** Complete once all slices are built; must not be read during the construction of a slice. */
  readonly actions: PageActions
  readonly services: Used
}

export type SliceContext<Name extends keyof PageState, Used = Services> = PageAccess<Used> & {
  /** Merges a change into this slice; a function receives the current slice. */
  readonly set: (
    change: Partial<PageState[Name]> | ((slice: PageState[Name]) => Partial<PageState[Name]>),
  ) => void
  /** Reacts to changes in other slices. */
  readonly watch: Watch
}

export type Slice<State, Actions> = {
  /** The initial state. */
  readonly state: State
  readonly actions: Actions
}
