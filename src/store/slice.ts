/** The parts that the builder of a slice gets, and those that it gives. */
import type { Services } from './services.ts'
import type { PageActions, PageState } from './state.ts'
import type { Watch } from './watchers.ts'

/** The whole page, to read and to act on. */
export type PageAccess = {
  readonly get: () => PageState
  /** Complete once all slices are built: not to be read while one is. */
  readonly actions: PageActions
  readonly services: Services
}

export type SliceContext<Name extends keyof PageState> = PageAccess & {
  /** Merges into this slice; a function gets the slice as it is. */
  readonly set: (
    change: Partial<PageState[Name]> | ((slice: PageState[Name]) => Partial<PageState[Name]>),
  ) => void
  /** Acts on what other slices change. */
  readonly watch: Watch
}

export type Slice<State, Actions> = {
  /** At first. */
  readonly state: State
  readonly actions: Actions
}
