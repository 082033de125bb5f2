import { expect, test } from 'vitest'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { PageState } from './state.ts'
import { openFakePage } from './testing/fake-services.ts'
import { createWatchers, type Watch } from './watchers.ts'

/** Creates a store with the state of an empty page, watched by the watchers that `register` adds. */
function watched(register: (watch: Watch, store: StoreApi<PageState>) => void) {
  const { page } = openFakePage()
  const store = createStore<PageState>()(page)
  const { watch, start } = createWatchers()
  register(watch, store)
  start(store)
  const note = (text: string) =>
    store.setState(({ problems }) => ({ problems: { ...problems, notes: [...problems.notes, text] } }))
  const lock = (lowDb: number) =>
    store.setState(({ view }) => ({ view: { ...view, lockedRange: { lowDb, highDb: 0 } } }))
  return { store, note, lock }
}

test('a watcher is called with its value after that has changed, and at no other time', () => {
  const seen: (readonly (readonly string[])[])[] = []
  const { note, lock } = watched((watch) => {
    watch(
      ({ problems }) => problems.notes,
      (notes, before) => seen.push([notes, before]),
    )
  })
  lock(-60)
  expect(seen).toEqual([])
  note('first')
  note('second')
  expect(seen).toEqual([
    [['first'], []],
    [['first', 'second'], ['first']],
  ])
})

test('watchers act in the order of their registration, each to its end, and then react to each other’s changes', () => {
  const log: string[] = []
  const { note } = watched((watch, store) => {
    watch(
      ({ view }) => view.crosshair,
      () => log.push('crosshair'),
    )
    watch(
      ({ problems }) => problems.notes,
      () => {
        log.push('notes begin')
        store.setState(({ view }) => ({ view: { ...view, crosshair: { seconds: 0, hz: 0, byKey: false } } }))
        log.push('notes end')
      },
    )
    watch(
      ({ problems }) => problems.notes,
      () => log.push('notes again'),
    )
  })
  note('first')
  expect(log).toEqual(['notes begin', 'notes end', 'notes again', 'crosshair'])
})

test('a watcher that throws does not block later changes', () => {
  const seen: number[] = []
  const { note } = watched((watch) => {
    watch(
      ({ problems }) => problems.notes,
      (notes) => {
        if (notes.length === 1) throw new Error('broken')
      },
    )
    watch(
      ({ problems }) => problems.notes,
      (notes) => seen.push(notes.length),
    )
  })
  expect(() => note('first')).toThrow('broken')
  note('second')
  expect(seen).toEqual([2])
})
