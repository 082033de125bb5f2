/** The page's store, in vanilla zustand: it knows nothing of React, and of the engine only its interface. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { takeTurns } from '../audio/take-turns.ts'
import type { ReadAddress } from './address.ts'
import { createBatchSlice } from './batch/batch-slice.ts'
import { createEngineSlice } from './engine-slice.ts'
import { createListeningSlice } from './listening-slice.ts'
import { createListeningTestSlice } from './listening-test/listening-test-slice.ts'
import { createDifferencesSlice } from './look/differences-slice.ts'
import { createFilmSlice } from './look/film-slice.ts'
import { createPitchSlice } from './look/pitch-slice.ts'
import { createResultsSlice } from './look/results-slice.ts'
import { createViewSlice } from './look/view-slice.ts'
import { createOwnModelsSlice } from './own-models-slice.ts'
import { createProblemsSlice } from './problems-slice.ts'
import { createRecordingSlice } from './recording-slice.ts'
import type { Services } from './services.ts'
import { createSettingsSlice } from './settings-slice.ts'
import { createSnapshotsSlice } from './snapshots-slice.ts'
import { createSourceSlice } from './source-slice.ts'
import type { PageState } from './state.ts'
import { createSynthesisSlice } from './synthesis-slice.ts'
import { createTakesSlice } from './takes-slice.ts'
import { createTrainingSettingsSlice } from './training-settings-slice.ts'
import { createTrainingSlice } from './training-slice.ts'
import { createVoiceSlice } from './voice-slice.ts'

export type PageStore = StoreApi<PageState>

/** @param address what the page was opened with: its settings are the first ones, its notes are shown. */
export function createPageStore(services: Services, address: ReadAddress): PageStore {
  const { player, snapshotPlayer, testPlayer, filmPlayer, batchPlayer } = services
  takeTurns([player, snapshotPlayer, testPlayer, filmPlayer, batchPlayer])
  let checkpoint: Uint8Array<ArrayBuffer> | undefined
  return createStore<PageState>()((set, get) => ({
    ...createProblemsSlice(set, get, address.notes),
    ...createSettingsSlice(set, get, services, address.settings),
    ...createEngineSlice(set, get, services),
    ...createSourceSlice(set, get, services),
    ...createRecordingSlice(set, get, services),
    ...createTakesSlice(set, get, services),
    ...createSynthesisSlice(set, get, services),
    ...createListeningSlice(set, get, services),
    ...createVoiceSlice(set, get, services),
    ...createTrainingSettingsSlice(set, get, (bytes) => {
      checkpoint = bytes
    }),
    ...createTrainingSlice(set, get, services, () => checkpoint),
    ...createSnapshotsSlice(set, get, services),
    ...createOwnModelsSlice(set, get, services),
    ...createViewSlice(set, get),
    ...createPitchSlice(set, get, services),
    ...createDifferencesSlice(set, get, services),
    ...createFilmSlice(set, get, services),
    ...createResultsSlice(set, get, services),
    ...createListeningTestSlice(set, get, services),
    ...createBatchSlice(set, get, services),
  }))
}
