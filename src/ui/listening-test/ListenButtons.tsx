/** The large buttons of A, B and X, each showing whether it has been heard and whether it is playing. */
import type { RunningTest, StimulusKey } from '../../store/listening-test/test-state.ts'
import { Icon } from '../controls/icons.tsx'
import { useActions } from '../shell/page-context.ts'
import styles from './TrialPanel.module.css'

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
  const { hearStimulus } = useActions().test
  const sounds = test.playing && test.audible === stimulus
  const heard = test.heard.includes(stimulus)
  return (
    <button
      type="button"
      className={styles.tile}
      aria-label={listenNames[stimulus]}
      aria-pressed={sounds}
      aria-keyshortcuts={stimulus.toUpperCase()}
      data-heard={heard}
      onClick={() => void hearStimulus(stimulus)}
    >
      <span className={styles.letter}>{stimulus.toUpperCase()}</span>
      <span className={styles.state}>
        <Icon name={sounds ? 'sound' : heard ? 'check' : 'play'} />
        {sounds ? 'playing' : heard ? 'heard' : 'not heard'}
      </span>
    </button>
  )
}
