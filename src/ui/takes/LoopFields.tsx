/** Text fields for the looped region, as a keyboard alternative to dragging on a waveform or a spectrogram. */

import { TimeRangeFields } from '../controls/TimeRangeFields.tsx'
import { useActions, usePage } from '../shell/page-context.ts'
import styles from './Listening.module.css'

export function LoopFields({ durationSeconds }: { readonly durationSeconds: number }) {
  const { region, lastRegion } = usePage((state) => ({
    region: state.playback.region,
    lastRegion: state.playback.lastRegion,
  }))
  const { loopRegion, toggleLoop } = useActions().playback
  return (
    <div className={styles.loop} title="Or drag over a waveform or a spectrogram">
      <label className="switch">
        <input type="checkbox" checked={region !== undefined} onChange={toggleLoop} />
        Loop
      </label>
      <TimeRangeFields
        verb="Loop"
        durationSeconds={durationSeconds}
        range={region ?? lastRegion}
        clearLabel="Clear the loop"
        onChange={loopRegion}
      />
    </div>
  )
}
