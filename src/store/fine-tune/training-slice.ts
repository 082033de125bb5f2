/** Fine-tuning: the voice, the settings, the session and the playback of its snapshots. */
import type { Slice, SliceContext } from '../slice.ts'
import { createSnapshots } from './snapshots.ts'
import { createTrainingSession } from './training-session.ts'
import { createTrainingSetup } from './training-setup.ts'
import type { TrainingActions, TrainingState } from './training-state.ts'
import { createVoice } from './voice.ts'

export function createTrainingSlice(
  context: SliceContext<'training'>,
): Slice<TrainingState, TrainingActions> {
  const voice = createVoice(context)
  const setup = createTrainingSetup(context)
  const session = createTrainingSession(context)
  const snapshots = createSnapshots(context)
  return {
    state: { ...voice.state, ...setup.state, ...session.state, ...snapshots.state },
    actions: { ...voice.actions, ...setup.actions, ...session.actions, ...snapshots.actions },
  }
}
