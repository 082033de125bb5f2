/**
 * Options of the takes: matched loudness is always visible; the loop and the display of the pictures open on demand.
 */
import { useId, useState } from 'react'
import { Icon } from '../controls/icons.tsx'
import type { Range } from '../figures/painting/picture.ts'
import { useActions, usePage } from '../shell/page-context.ts'
import styles from './Listening.module.css'
import { LoopFields } from './LoopFields.tsx'
import { PictureControls } from './PictureControls.tsx'

type Props = { readonly axisSeconds: number; readonly rangeDb: Range }

export function Listening({ axisSeconds, rangeDb }: Props) {
  const { levelsMatched } = usePage(({ playback }) => ({ levelsMatched: playback.levelsMatched }))
  const { matchLevels } = useActions().playback
  const [open, setOpen] = useState(false)
  const id = useId()
  return (
    <>
      <label
        className={`switch ${styles.loudness}`}
        title="Louder sounds better. Each take is turned down to the loudness of the quietest (BS.1770)."
      >
        <input
          type="checkbox"
          checked={levelsMatched}
          onChange={({ target }) => matchLevels(target.checked)}
        />
        Match loudness
      </label>
      <button
        type="button"
        className="button quiet small"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <Icon name="sliders" />
        Display
      </button>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset groups form controls */}
      <div id={id} role="group" aria-label="Display" hidden={!open} className={styles.display}>
        {open && (
          <>
            <LoopFields durationSeconds={axisSeconds} />
            <PictureControls axisSeconds={axisSeconds} rangeDb={rangeDb} />
          </>
        )}
      </div>
    </>
  )
}
