/** The microphone, from the question for permission to the clip that becomes the source. */
import type { Recording } from '../audio/recorder.ts'
import type { Services } from './services.ts'
import type { GetState, RecordingSlice, SetState } from './state.ts'

export const longestRecordingSeconds = 60

export function createRecordingSlice(
  set: SetState,
  get: GetState,
  { startRecording }: Services,
): RecordingSlice {
  let recording: Recording | undefined
  let request: AbortController | undefined

  return {
    async startRecording() {
      if (get().recording) return
      get().pause()
      set({ recording: { state: 'asking', seconds: 0, peak: 0 } })
      request = new AbortController()
      try {
        recording = await startRecording({
          signal: request.signal,
          maxSeconds: longestRecordingSeconds,
          onProgress: ({ elapsedSeconds, peak }) =>
            set({ recording: { state: 'recording', seconds: elapsedSeconds, peak } }),
        })
        set({ recording: { state: 'recording', seconds: 0, peak: 0 } })
        const clip = await recording.finished
        set({ recording: undefined })
        await get().openRecording(clip)
      } catch (thrown) {
        get().report(thrown, { kind: 'record' })
      } finally {
        recording = undefined
        set({ recording: undefined })
      }
    },
    stopRecording: () => recording?.stop(),
    cancelRecording() {
      if (recording) recording.cancel()
      else request?.abort()
    },
  }
}
