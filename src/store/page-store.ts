/** The page's store, in vanilla zustand: it knows nothing of React, and of the engine only its interface. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ReadAddress } from './address.ts'
import { createEngineSlice } from './engine-slice.ts'
import { createListeningSlice } from './listening-slice.ts'
import { createProblemsSlice } from './problems-slice.ts'
import { createRecordingSlice } from './recording-slice.ts'
import type { Services } from './services.ts'
import { createSettingsSlice } from './settings-slice.ts'
import { createSourceSlice } from './source-slice.ts'
import type { PageState } from './state.ts'
import { createSynthesisSlice } from './synthesis-slice.ts'

export type PageStore = StoreApi<PageState>

/** @param address what the page was opened with: its settings are the first ones, its notes are shown. */
export function createPageStore(services: Services, address: ReadAddress): PageStore {
  return createStore<PageState>()((set, get) => ({
    ...createProblemsSlice(set, get, address.notes),
    ...createSettingsSlice(set, get, address.settings),
    ...createEngineSlice(set, get, services),
    ...createSourceSlice(set, get, services),
    ...createRecordingSlice(set, get, services),
    ...createSynthesisSlice(set, get, services),
    ...createListeningSlice(set, get, services),
  }))
}
