/** The list of the user's own sources, from which each can be opened again. */
import type { SliceContext } from '../slice.ts'

/** Number of own sources that stay listed; recordings stay in memory. */
const maxOwn = 4

export function createOwnSources({ get, set }: Pick<SliceContext<'source'>, 'get' | 'set'>) {
  const openAgain = new Map<string, () => Promise<void>>()
  let nextId = 1
  return {
    newId: () => `own-${nextId++}`,
    /** Lists a source that is shown; one that was listed before keeps its place. */
    list(id: string, title: string, open: () => Promise<void>): void {
      openAgain.set(id, open)
      const { own } = get().source
      const all = own.some((one) => one.id === id) ? own : [{ id, title }, ...own]
      for (const one of all.slice(maxOwn)) openAgain.delete(one.id)
      set({ own: all.slice(0, maxOwn) })
    },
    open: async (id: string) => openAgain.get(id)?.(),
  }
}
