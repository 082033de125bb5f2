/** The large buttons of A, B and X, each showing whether it has been heard and whether it is playing. */
import type { RunningTest, StimulusKey } from '../../../store/listening-test/test-state.ts'
import { Icon } from '../../controls/icons.tsx'
import styles from './TrialPanel.module.css'
import { useStimulus } from './use-stimulus.ts'

/** External tests rely on these button names. */
const listenNames: Readonly<Record<string, string>> = { a: 'Play A', b: 'Play B', x: 'Play X' }

export function ListenButtons({ test }: { readonly test: RunningTest }) {
  return (
    <fieldset aria-label="Listen" className={styles.tiles}>
      {test.keys.map((key) => (
        <Tile key={key} stimulus={key} test={test} />
      ))}
    </fieldset>
  )
}

function Tile({ stimulus, test }: { readonly stimulus: StimulusKey; readonly test: RunningTest }) {
  const { sounds, heard, icon, play } = useStimulus(test, stimulus)
  return (
    <button
      type="button"
      className={styles.tile}
      aria-label={listenNames[stimulus]}
      aria-pressed={sounds}
      aria-keyshortcuts={stimulus.toUpperCase()}
      data-heard={heard}
      onClick={play}
    >
      <span className={styles.letter}>{stimulus.toUpperCase()}</span>
      <span className={styles.state}>
        <Icon name={icon} />
        {sounds ? 'playing' : heard ? 'heard' : 'not heard'}
      </span>
    </button>
  )
}
