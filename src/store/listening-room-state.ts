/** What the page knows of looking, testing and batches; each slice says its own part beside its builder. */
import type { BatchSlice } from './batch/batch-state.ts'
import type { ResultsSlice } from './comparison/comparison-state.ts'
import type { DenoisingSlice } from './denoising-steps/denoising-state.ts'
import type { ListeningTestSlice } from './listening-test/listening-test-state.ts'
import type { PitchSlice } from './source/pitch-state.ts'
import type { DifferencesSlice } from './takes/differences-state.ts'
import type { ViewSlice } from './takes/view-state.ts'

export type ListeningRoomState = ViewSlice &
  PitchSlice &
  DifferencesSlice &
  DenoisingSlice &
  ResultsSlice &
  ListeningTestSlice &
  BatchSlice
