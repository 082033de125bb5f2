/** Records the microphone: one button that starts and stops, a level while it runs, a way out. */
import { formatSeconds } from './figures/ticks.ts'
import { Icon } from './icons.tsx'
import { usePage } from './page-context.ts'
import styles from './RecordButton.module.css'

export function RecordButton() {
  const { recording, start, stop, cancel } = usePage((state) => ({
    recording: state.recording,
    start: state.startRecording,
    stop: state.stopRecording,
    cancel: state.cancelRecording,
  }))
  if (!recording) {
    return (
      <button type="button" className="button" onClick={() => void start()}>
        <Icon name="microphone" />
        Microphone
      </button>
    )
  }
  if (recording.state === 'asking') {
    return (
      <button type="button" className="button" disabled>
        <Icon name="microphone" />
        Waiting for permission
      </button>
    )
  }
  return (
    <div className={styles.recording}>
      <button type="button" className="button" onClick={stop}>
        <Icon name="stop" />
        Stop
        <span className={styles.time}>{formatSeconds(recording.seconds, 1)} s</span>
        <span className={styles.level} style={{ transform: `scaleX(${Math.min(1, recording.peak)})` }} />
      </button>
      <button type="button" className="button quiet icon" aria-label="Discard the recording" onClick={cancel}>
        <Icon name="close" />
      </button>
    </div>
  )
}
