/** The source: opening, recording and pitch prediction. */
import type { Slice, SliceContext } from '../slice.ts'
import { createOpening } from './opening.ts'
import { createPitch } from './pitch.ts'
import { createRecording } from './recording.ts'
import type { SourceActions, SourceState } from './source-state.ts'

export function createSourceSlice(context: SliceContext<'source'>): Slice<SourceState, SourceActions> {
  const opening = createOpening(context)
  const recording = createRecording(context)
  const pitch = createPitch(context)
  return {
    state: { ...opening.state, ...recording.state, ...pitch.state },
    actions: { ...opening.actions, ...recording.actions, ...pitch.actions },
  }
}
