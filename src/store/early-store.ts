/** The store as the first view needs it: its samples play before the rest of the page has loaded. */
import type { StoreApi } from 'zustand/vanilla'
import { createProblemsSlice } from './problems-slice.ts'
import { createSamplesSlice } from './samples/samples-slice.ts'
import type { EarlyServices } from './services.ts'
import type { EarlyActions, EarlyState } from './state.ts'
import type { StoreFrame } from './store-frame.ts'

export type EarlyStore = Pick<StoreApi<EarlyState>, 'getState' | 'getInitialState' | 'subscribe'> & {
  readonly actions: EarlyActions
}

export function createEarlyStore(frame: StoreFrame, services: EarlyServices): EarlyStore {
  frame.add({
    problems: createProblemsSlice(frame.contextOf('problems', services)),
    samples: createSamplesSlice(frame.contextOf('samples', services)),
  })
  return { ...frame.store, actions: frame.actions }
}
