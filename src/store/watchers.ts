/**
 * Lets slices react to each other's state. Watchers run one after the other, in the order of their registration.
 * Changes that they make themselves are checked in further passes, before the original change returns.
 */
import type { StoreApi } from 'zustand/vanilla'
import type { PageState } from './state.ts'

/** Calls `onChange` when the value that `select` returns has changed. */
export type Watch = <Value>(
  select: (state: PageState) => Value,
  onChange: (value: Value, before: Value) => void,
) => void

type Watcher = { readonly settle: (state: PageState) => void; readonly check: (state: PageState) => boolean }

export type Watchers = {
  readonly watch: Watch
  /** Starts watching; watchers compare with the state at this moment. */
  readonly start: (store: StoreApi<PageState>) => void
}

export function createWatchers(): Watchers {
  const watchers: Watcher[] = []

  function watcherOf<Value>(
    select: (state: PageState) => Value,
    onChange: (value: Value, before: Value) => void,
  ): Watcher {
    let last: Value
    return {
      settle(state) {
        last = select(state)
      },
      check(state) {
        const before = last
        last = select(state)
        if (Object.is(last, before)) return false
        onChange(last, before)
        return true
      },
    }
  }

  return {
    watch: (select, onChange) => void watchers.push(watcherOf(select, onChange)),
    start(store) {
      for (const watcher of watchers) watcher.settle(store.getState())
      let isActing = false
      store.subscribe(() => {
        if (isActing) return
        isActing = true
        try {
          while (watchers.map((watcher) => watcher.check(store.getState())).includes(true));
        } finally {
          isActing = false
        }
      })
    },
  }
}
