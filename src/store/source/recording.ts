/** Records from the microphone, from the permission request to the clip that becomes the source. */
import type { Recording } from '../../audio/recording/recorder.ts'
import type { Slice, SliceContext } from '../slice.ts'
import type { RecordingActions, RecordingPurpose, RecordingState } from './source-state.ts'

/** Maximum duration. A voice recording is longer: one minute is good, three are plenty. */
const maxSeconds: Readonly<Record<RecordingPurpose, number>> = { source: 60, voice: 180 }

export function createRecording({
  get,
  set,
  actions,
  services: { startRecording },
}: SliceContext<'source'>): Slice<RecordingState, RecordingActions> {
  let recording: Recording | undefined
  let request: AbortController | undefined

  return {
    state: {},
    actions: {
      async startRecording(purpose = 'source') {
        if (get().source.recording) return
        actions.playback.pause()
        actions.training.pauseSnapshots()
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
          if (purpose === 'voice') actions.training.addRecordingToVoice(clip)
          else await actions.source.openRecording(clip)
        } catch (thrown) {
          actions.problems.report(thrown, { kind: 'record', purpose })
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
    },
  }
}
