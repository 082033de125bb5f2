/** Reads the pitch of the mel that is open. A mel that takes its place ends the reading. */
import type { Services } from '../services.ts'
import type { GetState, SetState } from '../state.ts'
import type { PitchSlice } from './pitch-state.ts'

export function createPitchSlice(
  set: SetState,
  get: GetState,
  { engine, signals }: Pick<Services, 'engine' | 'signals'>,
): PitchSlice {
  let reading: { readonly key: string; readonly controller: AbortController } | undefined

  return {
    pitchShown: true,
    showPitch: (pitchShown) => set({ pitchShown }),
    async readPitch(modelId) {
      const { source, pitch } = get()
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
        get().report(thrown)
      } finally {
        if (reading === own) reading = undefined
      }
    },
  }
}
