/** The complete store: adds the slices that the first view does not need. It depends on the engine only by its interface. */
import type { StoreApi } from 'zustand/vanilla'
import { playOneAtATime } from '../audio/playback/exclusive-playback.ts'
import type { ReadAddress } from './address.ts'
import { createBatchSlice } from './batch/batch-slice.ts'
import { createComparisonSlice } from './comparison/comparison-slice.ts'
import { createDenoisingSlice } from './denoising-steps/denoising-slice.ts'
import { createFilesSlice } from './files/files-slice.ts'
import { createTrainingSlice } from './fine-tune/training-slice.ts'
import { createTestSlice } from './listening-test/test-slice.ts'
import { createModelsSlice } from './models/models-slice.ts'
import { playersOf } from './players.ts'
import type { Services } from './services.ts'
import type { SliceContext } from './slice.ts'
import { createSourceSlice } from './source/source-slice.ts'
import type { EarlySlice, PageActions, PageState } from './state.ts'
import type { Slices, StoreFrame } from './store-frame.ts'
import { createSynthesisSlice } from './synthesis/synthesis-slice.ts'
import { createDifferencesSlice } from './takes/differences-slice.ts'
import { createPlaybackSlice } from './takes/playback-slice.ts'
import { createTakesSlice } from './takes/takes-slice.ts'
import { createViewSlice } from './takes/view-slice.ts'

/** The reactive state and the constant actions. */
export type PageStore = StoreApi<PageState> & { readonly actions: PageActions }

/**
 * @param frame already has the slices of the first view.
 * @param address the address with which the page was opened: its settings are the initial ones, its notes are shown.
 */
export function createPageStore(frame: StoreFrame, services: Services, address: ReadAddress): PageStore {
  playOneAtATime(playersOf(services))
  const contextOf = <Name extends keyof PageState>(name: Name): SliceContext<Name> =>
    frame.contextOf(name, services)
  // A new source reaches the slices in this order: running work is cancelled before its takes are removed.
  const slices: Omit<Slices, EarlySlice> = {
    denoising: createDenoisingSlice(contextOf('denoising')),
    comparison: createComparisonSlice(contextOf('comparison')),
    synthesis: createSynthesisSlice(contextOf('synthesis'), address.settings),
    playback: createPlaybackSlice(contextOf('playback')),
    view: createViewSlice(contextOf('view')),
    takes: createTakesSlice(contextOf('takes')),
    source: createSourceSlice(contextOf('source')),
    models: createModelsSlice(contextOf('models')),
    differences: createDifferencesSlice(contextOf('differences')),
    files: createFilesSlice(contextOf('files')),
    test: createTestSlice(contextOf('test')),
    batch: createBatchSlice(contextOf('batch')),
    training: createTrainingSlice(contextOf('training')),
  }
  frame.add(slices)
  frame.watchers.start(frame.store)
  for (const note of address.notes) frame.actions.problems.note(note)
  return { ...frame.store, actions: frame.actions }
}
