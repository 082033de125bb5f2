/** Switches the pitch curve over the mel on and off, and summarises the pitch. */
import type { PitchTrack } from '../../dsp/signals/pitch-track.ts'
import { pitchSummary } from '../figures/curves/pitch-path.ts'
import { useActions, usePage } from '../shell/page-context.ts'
import styles from './PitchField.module.css'

export function PitchField({ track }: { readonly track: PitchTrack }) {
  const isShown = usePage((state) => state.source.pitchShown)
  const { showPitch } = useActions().source
  const summary = pitchSummary(track)
  return (
    <div className={styles.field}>
      <label className="switch">
        <input type="checkbox" checked={isShown} onChange={({ target }) => showPitch(target.checked)} />
        Pitch
      </label>
      <p className="small soft">
        {summary
          ? `Read from the mel: median ${Math.round(summary.medianHz)} Hz, ${Math.round(100 * summary.voiced)} % of the frames are voiced`
          : 'The models find no voice in this mel.'}
      </p>
    </div>
  )
}
