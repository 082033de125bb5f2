/** The microphone, from the question for permission to the clip that becomes the source. */
import type { Recording } from '../../audio/recorder.ts'
import type { Services } from '../services.ts'
import type { GetState, RecordingPurpose, RecordingSlice, SetState } from '../state.ts'

/** A voice is read at length: a minute is good, three are plenty. */
const maxSeconds: Readonly<Record<RecordingPurpose, number>> = { source: 60, voice: 180 }

export function createRecordingSlice(
  set: SetState,
  get: GetState,
  { startRecording }: Services,
): RecordingSlice {
  let recording: Recording | undefined
  let request: AbortController | undefined

  return {
    async startRecording(purpose = 'source') {
      if (get().recording) return
      get().pause()
      get().pauseSnapshots()
      set({ recording: { purpose, state: 'asking', seconds: 0, peak: 0 } })
      request = new AbortController()
      try {
        recording = await startRecording({
          signal: request.signal,
          maxSeconds: maxSeconds[purpose],
          onProgress: ({ elapsedSeconds, peak }) =>
            set({ recording: { purpose, state: 'recording', seconds: elapsedSeconds, peak } }),
        })
        set({ recording: { purpose, state: 'recording', seconds: 0, peak: 0 } })
        const clip = await recording.finished
        set({ recording: undefined })
        if (purpose === 'voice') get().addRecordingToVoice(clip)
        else await get().openRecording(clip)
      } catch (thrown) {
        get().report(thrown, { kind: 'record', purpose })
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
