/** The page's store, in vanilla zustand: it knows nothing of React, and of the engine only its interface. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { playOneAtATime } from '../audio/exclusive-playback.ts'
import type { ReadAddress } from './address.ts'
import { createBatchSlice } from './batch/batch-slice.ts'
import { createResultsSlice } from './comparison/comparison-slice.ts'
import { createDenoisingSlice } from './denoising-steps/denoising-slice.ts'
import { createSnapshotsSlice } from './fine-tune/snapshots-slice.ts'
import { createTrainingSettingsSlice } from './fine-tune/training-settings-slice.ts'
import { createTrainingSlice } from './fine-tune/training-slice.ts'
import { createUserModelsSlice } from './fine-tune/user-models-slice.ts'
import { createVoiceSlice } from './fine-tune/voice-slice.ts'
import { createListeningTestSlice } from './listening-test/listening-test-slice.ts'
import { createProblemsSlice } from './problems-slice.ts'
import type { Services } from './services.ts'
import { createPitchSlice } from './source/pitch-slice.ts'
import { createRecordingSlice } from './source/recording-slice.ts'
import { createSourceSlice } from './source/source-slice.ts'
import type { PageState } from './state.ts'
import { createEngineSlice } from './synthesis/engine-slice.ts'
import { createSettingsSlice } from './synthesis/settings-slice.ts'
import { createSynthesisSlice } from './synthesis/synthesis-slice.ts'
import { createDifferencesSlice } from './takes/differences-slice.ts'
import { createPlaybackSlice } from './takes/playback-slice.ts'
import { createTakesSlice } from './takes/takes-slice.ts'
import { createViewSlice } from './takes/view-slice.ts'

export type PageStore = StoreApi<PageState>

/** @param address what the page was opened with: its settings are the first ones, its notes are shown. */
export function createPageStore(services: Services, address: ReadAddress): PageStore {
  const { player, snapshotPlayer, testPlayer, denoisingPlayer, batchPlayer } = services
  playOneAtATime([player, snapshotPlayer, testPlayer, denoisingPlayer, batchPlayer])
  let checkpoint: Uint8Array<ArrayBuffer> | undefined
  return createStore<PageState>()((set, get) => ({
    ...createProblemsSlice(set, get, address.notes),
    ...createSettingsSlice(set, get, services, address.settings),
    ...createEngineSlice(set, get, services),
    ...createSourceSlice(set, get, services),
    ...createRecordingSlice(set, get, services),
    ...createTakesSlice(set, get, services),
    ...createSynthesisSlice(set, get, services),
    ...createPlaybackSlice(set, get, services),
    ...createVoiceSlice(set, get, services),
    ...createTrainingSettingsSlice(set, get, (bytes) => {
      checkpoint = bytes
    }),
    ...createTrainingSlice(set, get, services, () => checkpoint),
    ...createSnapshotsSlice(set, get, services),
    ...createUserModelsSlice(set, get, services),
    ...createViewSlice(set, get),
    ...createPitchSlice(set, get, services),
    ...createDifferencesSlice(set, get, services),
    ...createDenoisingSlice(set, get, services),
    ...createResultsSlice(set, get, services),
    ...createListeningTestSlice(set, get, services),
    ...createBatchSlice(set, get, services),
  }))
}
