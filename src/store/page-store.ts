/**
 * The page's store, in vanilla zustand. It does not depend on React, and depends on the engine only by its interface.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { playOneAtATime } from '../audio/exclusive-playback.ts'
import type { ReadAddress } from './address.ts'
import { createBatchSlice } from './batch/batch-slice.ts'
import { createComparisonSlice } from './comparison/comparison-slice.ts'
import { createDenoisingSlice } from './denoising-steps/denoising-slice.ts'
import { createTrainingSlice } from './fine-tune/training-slice.ts'
import { createTestSlice } from './listening-test/test-slice.ts'
import { createModelsSlice } from './models/models-slice.ts'
import { playersOf } from './players.ts'
import { createProblemsSlice } from './problems-slice.ts'
import { createSamplesSlice } from './samples/samples-slice.ts'
import type { Services } from './services.ts'
import type { Slice, SliceContext } from './slice.ts'
import { createSourceSlice } from './source/source-slice.ts'
import type { PageActions, PageState } from './state.ts'
import { createSynthesisSlice } from './synthesis/synthesis-slice.ts'
import { createDifferencesSlice } from './takes/differences-slice.ts'
import { createPlaybackSlice } from './takes/playback-slice.ts'
import { createTakesSlice } from './takes/takes-slice.ts'
import { createViewSlice } from './takes/view-slice.ts'
import { createWatchers } from './watchers.ts'

/** The reactive state and the constant actions. */
export type PageStore = StoreApi<PageState> & { readonly actions: PageActions }

type Slices = { readonly [Name in keyof PageState]: Slice<PageState[Name], PageActions[Name]> }

/**
 * @param address the address with which the page was opened: its settings are the initial ones, its notes are shown.
 */
export function createPageStore(services: Services, address: ReadAddress): PageStore {
  playOneAtATime(playersOf(services))
  const watchers = createWatchers()
  // The builders of the slices get this object before it is filled, and use its members only when they act.
  const actions = {} as PageActions

  function contextOf<Name extends keyof PageState>(name: Name): SliceContext<Name> {
    return {
      get: () => store.getState(),
      set(change) {
        const before = store.getState()[name]
        const changed: { -readonly [Key in keyof PageState]?: PageState[Key] } = {}
        changed[name] = { ...before, ...(typeof change === 'function' ? change(before) : change) }
        store.setState(changed)
      },
      actions,
      services,
      watch: watchers.watch,
    }
  }

  // A new source reaches the slices in this order: running work is cancelled before its takes are removed.
  const slices: Slices = {
    synthesis: createSynthesisSlice(contextOf('synthesis'), address.settings),
    denoising: createDenoisingSlice(contextOf('denoising')),
    comparison: createComparisonSlice(contextOf('comparison')),
    playback: createPlaybackSlice(contextOf('playback')),
    view: createViewSlice(contextOf('view')),
    takes: createTakesSlice(contextOf('takes')),
    problems: createProblemsSlice(contextOf('problems'), address.notes),
    samples: createSamplesSlice(contextOf('samples')),
    source: createSourceSlice(contextOf('source')),
    models: createModelsSlice(contextOf('models')),
    differences: createDifferencesSlice(contextOf('differences')),
    test: createTestSlice(contextOf('test')),
    batch: createBatchSlice(contextOf('batch')),
    training: createTrainingSlice(contextOf('training')),
  }
  const store = createStore<PageState>()(() => ({
    synthesis: slices.synthesis.state,
    denoising: slices.denoising.state,
    comparison: slices.comparison.state,
    playback: slices.playback.state,
    view: slices.view.state,
    takes: slices.takes.state,
    problems: slices.problems.state,
    samples: slices.samples.state,
    source: slices.source.state,
    models: slices.models.state,
    differences: slices.differences.state,
    test: slices.test.state,
    batch: slices.batch.state,
    training: slices.training.state,
  }))
  for (const [name, slice] of Object.entries(slices)) Object.assign(actions, { [name]: slice.actions })
  watchers.start(store)
  return { ...store, actions }
}
