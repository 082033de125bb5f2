/** Records the microphone: one button that starts and stops, a level while it runs, a way out of the question and of it. */
import type { RecordingPurpose } from '../../store/source/source-state.ts'
import { formatSeconds } from '../figures/ticks.ts'
import { useActions, usePage } from '../shell/page-context.ts'
import { Icon } from './icons.tsx'
import styles from './RecordButton.module.css'

/** What the left end of the level meter stands for; speech at an arm's length peaks near -30. */
const lowestLevelDb = -60

type Props = { readonly purpose?: RecordingPurpose; readonly label?: string }

export function RecordButton({ purpose = 'source', label = 'Microphone' }: Props) {
  const { recording, elsewhere } = usePage((state) => ({
    recording: state.source.recording?.purpose === purpose ? state.source.recording : undefined,
    elsewhere: state.source.recording !== undefined && state.source.recording.purpose !== purpose,
  }))
  const { startRecording, stopRecording, cancelRecording } = useActions().source
  const isAsking = recording?.state === 'asking'
  // One button throughout, so that the focus stays on it.
  return (
    <div className={styles.recording} data-under-way={recording !== undefined}>
      <button
        type="button"
        className="button"
        aria-disabled={isAsking || elsewhere}
        onClick={() => {
          if (elsewhere) return
          if (!recording) void startRecording(purpose)
          else if (!isAsking) stopRecording()
        }}
      >
        <Icon name={recording && !isAsking ? 'stop' : 'microphone'} />
        {!recording && label}
        {isAsking && 'Waiting for permission'}
        {recording && !isAsking && (
          <>
            Stop
            <span className={styles.time}>{formatSeconds(recording.seconds, 1)} s</span>
            <span className={styles.level} style={{ transform: `scaleX(${levelShare(recording.peak)})` }} />
          </>
        )}
      </button>
      {recording && (
        <button
          type="button"
          className="button quiet icon"
          aria-label={isAsking ? 'Do not record' : 'Discard the recording'}
          onClick={cancelRecording}
        >
          <Icon name="close" />
        </button>
      )}
    </div>
  )
}

/** 0..1 of the meter. */
function levelShare(peak: number): number {
  return Math.min(1, Math.max(0, 1 - (20 * Math.log10(peak)) / lowestLevelDb))
}
