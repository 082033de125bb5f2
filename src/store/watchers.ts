/**
 * How slices follow each other's state. Watchers act one after the other, in the order in which they were registered, each
 * to its end; what they change themselves is looked at afterwards, before the change that began it returns.
 */
import type { StoreApi } from 'zustand/vanilla'
import type { PageState } from './state.ts'

/** Calls `onChange` after what `select` gives has become another value. */
export type Watch = <Value>(
  select: (state: PageState) => Value,
  onChange: (value: Value, before: Value) => void,
) => void

type Watcher = { readonly settle: (state: PageState) => void; readonly check: (state: PageState) => boolean }

export type Watchers = {
  readonly watch: Watch
  /** Begins to watch; what was registered before compares with the state as it is now. */
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
