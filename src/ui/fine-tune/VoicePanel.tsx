/**
 * The recordings to train on: a list, and buttons that add files, microphone recordings, the page's recording or the
 * bundled voice.
 */
import { pluralize } from '../../listening/text-format.ts'
import { voiceSeconds } from '../../store/fine-tune/training-plan.ts'
import { audioFiles } from '../controls/audio-files.ts'
import { FileButton } from '../controls/buttons/FileButton.tsx'
import { RecordButton } from '../controls/buttons/RecordButton.tsx'
import { Icon } from '../controls/icons.tsx'
import { formatSeconds } from '../figures/axes/ticks.ts'
import { useOpenFiles } from '../shell/opening/use-open-files.ts'
import { useActions, usePage } from '../shell/page-context.ts'
import styles from './VoicePanel.module.css'

/**
 * Recommended minimum. The engine accepts 3 s or more, but below this value a model overfits the recordings instead of
 * learning the voice.
 */
const enoughSeconds = 40

export function VoicePanel() {
  const { voice, opening, hasRecording } = usePage((state) => ({
    voice: state.training.voice,
    opening: state.training.voiceOpening,
    hasRecording:
      state.source.current?.kind !== 'held-out' &&
      state.takes.all.some(({ system }) => system === 'recording'),
  }))
  const { addSourceToVoice, openExampleVoice } = useActions().training
  const openFiles = useOpenFiles('voice')
  const fromSource = voice.some(({ origin }) => origin === 'source')
  return (
    <section aria-labelledby="voice-heading" className="stack">
      <h3 id="voice-heading">Voice</h3>
      <div className={styles.ways}>
        <FileButton text="Add recordings" accept={`.zip,${audioFiles}`} multiple onFiles={openFiles} />
        <RecordButton purpose="voice" label="Record a voice" />
        {hasRecording && !fromSource && (
          <button type="button" className="button" onClick={addSourceToVoice}>
            Use the page’s recording
          </button>
        )}
        {voice.length === 0 && (
          <button
            type="button"
            className="button"
            disabled={opening !== undefined}
            onClick={() => void openExampleVoice()}
          >
            Use the example voice
          </button>
        )}
      </div>
      {voice.length === 0 ? (
        <p className={styles.empty}>
          Drop recordings of one voice here, or a folder or zip of them: WAV, FLAC, MP3, … About a minute
          works best.
          <span className="soft"> The example is a minute of espeak-ng, which no model here has heard.</span>
        </p>
      ) : (
        <VoiceList />
      )}
      <p className={styles.opening} role="status">
        {opening && `Reading ${opening}…`}
      </p>
    </section>
  )
}

function VoiceList() {
  const voice = usePage((state) => state.training.voice)
  const { removeVoiceClip, clearVoice } = useActions().training
  const seconds = voiceSeconds(voice)
  return (
    <>
      <ul className={styles.list} aria-label="Recordings">
        {voice.map(({ id, name, durationSeconds }) => (
          <li key={id}>
            <span className="truncated">{name}</span>
            <span className="small soft">{formatSeconds(durationSeconds, 1)} s</span>
            <button
              type="button"
              className={`button quiet icon ${styles.remove}`}
              aria-label={`Remove ${name}`}
              onClick={() => removeVoiceClip(id)}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
      <p className={styles.total}>
        <span>
          <strong>
            {pluralize(voice.length, 'recording')}, {spoken(seconds)}
          </strong>
          {seconds < enoughSeconds && (
            <span className="soft">. About a minute works best. Shorter recordings may overfit.</span>
          )}
        </span>
        <button type="button" className="button quiet small" onClick={clearVoice}>
          Remove all
        </button>
      </p>
    </>
  )
}

function spoken(seconds: number): string {
  if (seconds < 59.5) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  return `${Math.floor(whole / 60)} min ${whole % 60} s`
}
