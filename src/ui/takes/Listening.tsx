/** Playback options of the takes: the looped region, loudness matching and keyboard shortcuts. */
import { useCallback, useState } from 'react'
import { cardChoice, cardsOf } from '../../store/takes/takes.ts'
import { useActions, usePage } from '../shell/page-context.ts'
import { KeysDialog } from './KeysDialog.tsx'
import styles from './Listening.module.css'
import { LoopFields } from './LoopFields.tsx'
import { useShortcuts } from './use-shortcuts.ts'

export function Listening({ durationSeconds }: { readonly durationSeconds: number }) {
  const { digits, levelsMatched } = usePage((state) => ({
    digits: Math.min(9, cardsOf(cardChoice(state)).length),
    levelsMatched: state.playback.levelsMatched,
  }))
  const { matchLevels } = useActions().playback
  const [helps, setHelps] = useState(false)
  const [shortcuts, setShortcuts] = useShortcuts(useCallback(() => setHelps(true), []))
  return (
    <div className={styles.listening}>
      <LoopFields durationSeconds={durationSeconds} />
      <label
        className="switch"
        title="Louder is heard as better: each take is turned down to the quietest, by BS.1770 loudness"
      >
        <input
          type="checkbox"
          checked={levelsMatched}
          onChange={({ target }) => matchLevels(target.checked)}
        />
        Levels matched
        <span className="soft">
          {levelsMatched ? '(turned down to the quietest)' : '(each at its original level)'}
        </span>
      </label>
      <span className={styles.keys}>
        <label className="switch">
          <input
            type="checkbox"
            checked={shortcuts}
            onChange={({ target }) => setShortcuts(target.checked)}
          />
          Keys
        </label>
        <span className="soft">Space, 1 to {digits}, X, L, …</span>
        <button type="button" className="disclosure-button" onClick={() => setHelps(true)}>
          All keys
        </button>
      </span>
      <KeysDialog open={helps} onClose={() => setHelps(false)} />
    </div>
  )
}
