/**
 * The one store of the page, to which slices are added in two steps: those of the first view before the first paint
 * (`early-store.ts`), the others after it (`page-store.ts`). It is vanilla zustand and does not depend on React.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Slice, SliceContext } from './slice.ts'
import type { PageActions, PageState } from './state.ts'
import { createWatchers, type Watchers } from './watchers.ts'

export type Slices = { readonly [Name in keyof PageState]: Slice<PageState[Name], PageActions[Name]> }

export type StoreFrame = {
  /** Typed as complete, because the slices that are built early use the others only when a user acts. */
  readonly store: StoreApi<PageState>
  readonly actions: PageActions
  readonly watchers: Watchers
  contextOf<Name extends keyof PageState, Used>(name: Name, services: Used): SliceContext<Name, Used>
  add(slices: Partial<Slices>): void
}

export function createStoreFrame(): StoreFrame {
  const store = createStore<PageState>()(() => ({}) as PageState)
  // The builders of the slices get this object before it is filled, and use its members only when they act.
  const actions = {} as PageActions
  const watchers = createWatchers()
  return {
    store,
    actions,
    watchers,
    contextOf: (name, services) => ({
      get: store.getState,
      set(change) {
        const before = store.getState()[name]
        const changed: { -readonly [Key in keyof PageState]?: PageState[Key] } = {}
        changed[name] = { ...before, ...(typeof change === 'function' ? change(before) : change) }
        store.setState(changed)
      },
      actions,
      services,
      watch: watchers.watch,
    }),
    add(slices) {
      const added = Object.entries(slices)
      Object.assign(actions, ...added.map(([name, slice]) => ({ [name]: slice.actions })))
      store.setState(Object.assign({}, ...added.map(([name, slice]) => ({ [name]: slice.state }))))
    },
  }
}
