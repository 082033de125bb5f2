/** Predicts the pitch of the open mel. Opening another mel cancels the prediction. */
import type { Slice, SliceContext } from '../slice.ts'
import type { PitchActions, PitchState } from './source-state.ts'

export function createPitch({
  get,
  set,
  actions,
  services: { engine, signals },
}: SliceContext<'source'>): Slice<PitchState, PitchActions> {
  let reading: { readonly key: string; readonly controller: AbortController } | undefined

  return {
    state: { pitchShown: true },
    actions: {
      showPitch: (pitchShown) => set({ pitchShown }),
      async readPitch(modelId) {
        const { current: source, pitch } = get().source
        const mel = source && signals.mel(source.melId)
        if (!mel) return
        const { melId } = source
        const key = `${melId} ${modelId}`
        if (reading?.key === key || (pitch?.melId === melId && pitch.modelId === modelId)) return
        reading?.controller.abort()
        const own = { key, controller: new AbortController() }
        reading = own
        try {
          const track = await engine.pitch({ modelId, mel }, { signal: own.controller.signal })
          if (reading === own) set({ pitch: track && { melId, modelId, track } })
        } catch (thrown) {
          actions.problems.report(thrown)
        } finally {
          if (reading === own) reading = undefined
        }
      },
    },
  }
}
