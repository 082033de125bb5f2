/**
 * Records from the microphone: one button starts and stops, a meter shows the level, and both the permission prompt and
 * the recording can be cancelled.
 */
import type { RecordingPurpose } from '../../../store/source/source-state.ts'
import { formatSeconds } from '../../figures/axes/ticks.ts'
import { useActions, usePage } from '../../shell/page-context.ts'
import { Icon } from '../icons.tsx'
import { IconButton } from './IconButton.tsx'
import styles from './RecordButton.module.css'

/** Level at the left end of the meter; speech at arm's length peaks near -30 dB. */
const minLevelDb = -60

type Props = { readonly purpose?: RecordingPurpose; readonly label?: string }

export function RecordButton({ purpose = 'source', label = 'Microphone' }: Props) {
  const { recording, elsewhere } = usePage((state) => ({
    recording: state.source.recording?.purpose === purpose ? state.source.recording : undefined,
    elsewhere: state.source.recording !== undefined && state.source.recording.purpose !== purpose,
  }))
  const { startRecording, stopRecording, cancelRecording } = useActions().source
  const isAsking = recording?.state === 'asking'
  // One button serves all states, so that it keeps the focus.
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
            <span className="soft">{formatSeconds(recording.seconds, 1)} s</span>
            <span className={styles.level} style={{ transform: `scaleX(${levelShare(recording.peak)})` }} />
          </>
        )}
      </button>
      {recording && (
        <IconButton
          quiet
          icon="close"
          label={isAsking ? 'Do not record' : 'Discard the recording'}
          onClick={cancelRecording}
        />
      )}
    </div>
  )
}

/** Returns the filled share of the meter, 0..1. */
function levelShare(peak: number): number {
  return Math.min(1, Math.max(0, 1 - (20 * Math.log10(peak)) / minLevelDb))
}
