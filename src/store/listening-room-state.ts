/** What the page knows of looking, testing and batches; each slice says its own part beside its builder. */
import type { BatchSlice } from './batch/batch-state.ts'
import type { ListeningTestSlice } from './listening-test/listening-test-state.ts'
import type { DifferencesSlice } from './look/differences-state.ts'
import type { FilmSlice } from './look/film-state.ts'
import type { PitchSlice } from './look/pitch-state.ts'
import type { ResultsSlice } from './look/results-state.ts'
import type { ViewSlice } from './look/view-state.ts'

export type ListeningRoomState = ViewSlice &
  PitchSlice &
  DifferencesSlice &
  FilmSlice &
  ResultsSlice &
  ListeningTestSlice &
  BatchSlice
