/** How the takes are heard: which part, at which level, by which keys. */

import { shownSystems } from '../store/takes.ts'
import styles from './Listening.module.css'
import { LoopFields } from './LoopFields.tsx'
import { usePage } from './page-context.ts'
import { useShortcuts } from './use-shortcuts.ts'

export function Listening({ durationSeconds }: { readonly durationSeconds: number }) {
  const { takes, audibleId, digits, levelsMatched, matchLevels } = usePage((state) => ({
    takes: state.takes,
    audibleId: state.audibleId,
    digits: shownSystems(state).length,
    levelsMatched: state.levelsMatched,
    matchLevels: state.matchLevels,
  }))
  const [shortcuts, setShortcuts] = useShortcuts()
  const gainDb = takes.find(({ id }) => id === audibleId)?.gainDb
  return (
    <div className={styles.listening}>
      <LoopFields durationSeconds={durationSeconds} />
      <label className="switch">
        <input
          type="checkbox"
          checked={levelsMatched}
          onChange={({ target }) => matchLevels(target.checked)}
        />
        Levels matched
        {levelsMatched && gainDb !== undefined && (
          <span className="soft">({gainDb.toFixed(1).replace('-', '−')} dB)</span>
        )}
      </label>
      <label className="switch">
        <input type="checkbox" checked={shortcuts} onChange={({ target }) => setShortcuts(target.checked)} />
        Keys
        <span className="soft">(Space plays, 1 to {digits} switch)</span>
      </label>
    </div>
  )
}
