/** Display options shared by the pictures of all takes: frequency axis, time range and level range. */
import { useState } from 'react'
import { shownOf, zoomed } from '../../store/takes/shown-seconds.ts'
import { type FrequencyAxis, frequencyAxes } from '../../store/takes/view-state.ts'
import { SelectField } from '../controls/SelectField.tsx'
import { colourGradient } from '../figures/painting/colour-map.ts'
import type { Range } from '../figures/painting/picture.ts'
import { zoomStep } from '../figures/use-zoom.ts'
import { useActions, usePage, usePageParts } from '../shell/page-context.ts'
import styles from './PictureControls.module.css'

const axisNames: Readonly<Record<FrequencyAxis, string>> = { linear: 'Linear', log: 'Log', mel: 'Mel' }
const axisChoices = frequencyAxes.map((axis) => ({ value: axis, label: axisNames[axis] }))

type Props = {
  readonly axisSeconds: number
  /** Levels of the first and the last colour. */
  readonly rangeDb: Range
}

export function PictureControls({ axisSeconds, rangeDb }: Props) {
  const { player, store } = usePageParts()
  const { frequencyAxis, isWhole } = usePage((state) => ({
    frequencyAxis: state.view.frequencyAxis,
    isWhole: state.view.shownSeconds === undefined,
  }))
  const { changeAxis, showSeconds } = useActions().view

  /** Zooms about the playhead if it is in view, and otherwise about the middle of the view. */
  function zoom(factor: number): void {
    const shown = shownOf(store.getState().view.shownSeconds, axisSeconds)
    const { startSeconds, endSeconds } = shown
    const clock = player.positionSeconds()
    const isInSight = clock > startSeconds && clock < endSeconds
    showSeconds(zoomed(shown, axisSeconds, factor, isInSight ? clock : (startSeconds + endSeconds) / 2))
  }

  return (
    <div className={styles.controls}>
      <SelectField
        inline
        label="Frequency axis"
        value={frequencyAxis}
        choices={axisChoices}
        onChange={changeAxis}
      />
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset groups form controls */}
      <span role="group" aria-label="Zoom" className={styles.zoom}>
        <button type="button" className="button" onClick={() => zoom(zoomStep)}>
          Zoom in
        </button>
        <button type="button" className="button" disabled={isWhole} onClick={() => zoom(1 / zoomStep)}>
          Zoom out
        </button>
        <button type="button" className="button" disabled={isWhole} onClick={() => showSeconds(undefined)}>
          Fit
        </button>
      </span>
      <LevelRange rangeDb={rangeDb} />
    </div>
  )
}

/** Minimum distance between the ends; a smaller range would show only noise in two colours. */
const minSpanDb = 5

function LevelRange({ rangeDb }: Pick<Props, 'rangeDb'>) {
  const lockedRange = usePage((state) => state.view.lockedRange)
  const { lockRange } = useActions().view
  const [draft, setDraft] = useState<{ readonly end: 'low' | 'high'; readonly text: string }>()
  const [wrong, setWrong] = useState(false)

  function apply(): void {
    setDraft(undefined)
    if (!draft) return
    const value = Number(draft.text.replace('−', '-'))
    const range = { ...rangeDb, [draft.end]: value }
    const isRange = draft.text.trim() !== '' && value >= -200 && value <= 50
    const isWrong = !isRange || range.high - range.low < minSpanDb
    setWrong(isWrong)
    if (!isWrong) lockRange({ lowDb: range.low, highDb: range.high })
  }

  const field = (label: string, end: 'low' | 'high') => (
    <input
      className={styles.level}
      aria-label={label}
      aria-invalid={wrong}
      aria-describedby={wrong ? 'level-hint' : undefined}
      inputMode="text"
      autoComplete="off"
      value={draft?.end === end ? draft.text : String(rangeDb[end]).replace('-', '−')}
      onChange={({ target }) => {
        setWrong(false)
        setDraft({ end, text: target.value })
      }}
      onBlur={apply}
      onKeyDown={({ key }) => key === 'Enter' && apply()}
    />
  )
  return (
    <span className={styles.range} title="0 dB is full scale. All takes share one range.">
      {field('Darkest level, dB', 'low')}
      <span className={styles.gradient} style={{ backgroundImage: colourGradient() }} />
      {field('Brightest level, dB', 'high')}
      <span>dB</span>
      <label className="switch" title="Keeps this range for new takes">
        <input
          type="checkbox"
          checked={lockedRange !== undefined}
          onChange={({ target }) =>
            lockRange(target.checked ? { lowDb: rangeDb.low, highDb: rangeDb.high } : undefined)
          }
        />
        Lock colour range
      </label>
      {wrong && (
        <span id="level-hint" role="status" className="error-popover">
          Enter two levels from −200 to 50 dB, the lower one first, at least {minSpanDb} dB apart.
        </span>
      )}
    </span>
  )
}
