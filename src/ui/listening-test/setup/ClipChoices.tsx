/** Chooses the clips of a test among those for which all compared conditions can be made. */
import { useEffect } from 'react'
import {
  allowedClips,
  type ClipChoice,
  chosenClips,
  chosenConditions,
} from '../../../store/listening-test/plans/plan-choices.ts'
import { Disclosure } from '../../controls/Disclosure.tsx'
import { useActions } from '../../shell/page-context.ts'
import type { ChoiceProps } from './ConditionChoices.tsx'
import styles from './TestSetup.module.css'

export function ClipChoices({ page, choices, change }: ChoiceProps) {
  const conditions = chosenConditions(page, choices)
  const allowed = allowedClips(page, choices.kind, conditions)
  const chosen = chosenClips(page, choices)
  const keys = new Set(chosen.map(({ key }) => key))
  const toggle = (key: string) => {
    const others = allowed.filter((one) => one.key !== key && keys.has(one.key)).map((one) => one.key)
    change({ clipKeys: keys.has(key) ? others : [...others, key] })
  }
  const near = allowed.filter(({ group }) => group !== 'voice')
  const voice = allowed.filter(({ group }) => group === 'voice')
  const onlyOpen = conditions.some(({ kind }) => kind === 'take')
  return (
    <fieldset className={styles.checks}>
      <legend className="label">Clips</legend>
      {onlyOpen ? (
        <p className="small soft">
          Existing takes are of the open clip only. To test several clips, choose systems that are made for
          the test instead.
        </p>
      ) : (
        <>
          <Checks clips={near} keys={keys} toggle={toggle} />
          <Disclosure
            key={choices.kind}
            label={`Bundled voice, with recordings (${voice.filter(({ key }) => keys.has(key)).length} chosen)`}
            startsOpen={choices.kind === 'mushra'}
          >
            <VoiceClips clips={voice} keys={keys} toggle={toggle} />
          </Disclosure>
        </>
      )}
    </fieldset>
  )
}

type ChecksProps = {
  readonly clips: readonly ClipChoice[]
  readonly keys: ReadonlySet<string>
  readonly toggle: (key: string) => void
}

function VoiceClips(props: ChecksProps) {
  const { listVoiceClips } = useActions().test
  useEffect(() => void listVoiceClips(), [listVoiceClips])
  return (
    <div className={styles.voice}>
      <Checks {...props} />
    </div>
  )
}

function Checks({ clips, keys, toggle }: ChecksProps) {
  return (
    <div className={styles.options}>
      {clips.map(({ key, label }) => (
        <label key={key} className="check">
          <input type="checkbox" checked={keys.has(key)} onChange={() => toggle(key)} />
          <span>{label}</span>
        </label>
      ))}
    </div>
  )
}
