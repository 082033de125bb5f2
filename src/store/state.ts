/**
 * The state of the page by feature, in plain values and ids: samples, mels and spectrograms are in the libraries of
 * `services.ts`. The actions are grouped under the same names. The types of each part are in its feature's folder.
 */
import type { BatchActions, BatchState } from './batch/batch-state.ts'
import type { ComparisonActions, ComparisonState } from './comparison/comparison-state.ts'
import type { DenoisingActions, DenoisingState } from './denoising-steps/denoising-state.ts'
import type { FilesActions, FilesState } from './files/files-state.ts'
import type { TrainingActions, TrainingState } from './fine-tune/training-state.ts'
import type { TestActions, TestState } from './listening-test/test-state.ts'
import type { ModelsActions, ModelsState } from './models/models-state.ts'
import type { ProblemsActions, ProblemsState } from './problems-state.ts'
import type { SamplesActions, SamplesState } from './samples/samples-state.ts'
import type { SourceActions, SourceState } from './source/source-state.ts'
import type { SynthesisActions, SynthesisState } from './synthesis/synthesis-state.ts'
import type { DifferencesActions, DifferencesState } from './takes/differences-state.ts'
import type { PlaybackActions, PlaybackState } from './takes/playback-state.ts'
import type { TakesActions, TakesState } from './takes/takes-state.ts'
import type { ViewActions, ViewState } from './takes/view-state.ts'

export type PageState = {
  readonly problems: ProblemsState
  readonly samples: SamplesState
  readonly files: FilesState
  readonly source: SourceState
  readonly models: ModelsState
  readonly synthesis: SynthesisState
  readonly takes: TakesState
  readonly playback: PlaybackState
  readonly view: ViewState
  readonly differences: DifferencesState
  readonly denoising: DenoisingState
  readonly comparison: ComparisonState
  readonly test: TestState
  readonly batch: BatchState
  readonly training: TrainingState
}

/** The same object for as long as the page is open. */
export type PageActions = {
  readonly problems: ProblemsActions
  readonly samples: SamplesActions
  readonly files: FilesActions
  readonly source: SourceActions
  readonly models: ModelsActions
  readonly synthesis: SynthesisActions
  readonly takes: TakesActions
  readonly playback: PlaybackActions
  readonly view: ViewActions
  readonly differences: DifferencesActions
  readonly denoising: DenoisingActions
  readonly comparison: ComparisonActions
  readonly test: TestActions
  readonly batch: BatchActions
  readonly training: TrainingActions
}

/** The slices that are there before the first paint. */
export type EarlySlice = 'problems' | 'samples'

/** The state from the first paint on: the other slices arrive together when the rest of the page has loaded. */
export type EarlyState = Pick<PageState, EarlySlice> & Partial<PageState>
export type EarlyActions = Pick<PageActions, EarlySlice> & Partial<PageActions>
