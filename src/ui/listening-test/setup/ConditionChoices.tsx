/**
 * Chooses the conditions of a test: two for ABX, any number for the other kinds. They are takes of the page, or they
 * are made for the test.
 */
import type { Condition } from '../../../listening/plans/test-plan.ts'
import {
  abxPair,
  type ChoicesOfPage,
  chosenConditions,
  conditionChoices,
  type PlanChoices,
} from '../../../store/listening-test/plans/plan-choices.ts'
import styles from './TestSetup.module.css'

export type ChoiceProps = {
  readonly page: ChoicesOfPage
  readonly choices: PlanChoices
  readonly change: (change: Partial<PlanChoices>) => void
}

const isTake = ({ kind }: Condition) => kind === 'take'

export function PairChoices({ page, choices, change }: ChoiceProps) {
  const [first, second] = abxPair(page, choices)
  const all = conditionChoices(page, 'abx')
  const select = (label: string, chosen: Condition | undefined, onChange: (id: string) => void) => (
    <label className="field">
      <span className="label">{label}</span>
      <select className="input" value={chosen?.id ?? ''} onChange={({ target }) => onChange(target.value)}>
        <Options label="Takes on the page" conditions={all.filter(isTake)} />
        <Options label="Made for the test" conditions={all.filter((one) => !isTake(one))} />
      </select>
    </label>
  )
  return (
    <div className={styles.pair}>
      {/* Both ids are stored, so that changing only the first does not move the default of the second. */}
      {select('First take', first, (firstId) => change({ firstId, secondId: second?.id }))}
      {select('Second take', second, (secondId) => change({ firstId: first?.id, secondId }))}
    </div>
  )
}

function Options({
  label,
  conditions,
}: {
  readonly label: string
  readonly conditions: readonly Condition[]
}) {
  if (conditions.length === 0) return null
  return (
    <optgroup label={label}>
      {conditions.map((condition) => (
        <option key={condition.id} value={condition.id}>
          {condition.label}
        </option>
      ))}
    </optgroup>
  )
}

export function ConditionChoices({ page, choices, change }: ChoiceProps) {
  const all = conditionChoices(page, choices.kind)
  const chosen = new Set(chosenConditions(page, choices).map(({ id }) => id))
  const toggle = (id: string) => {
    const others = all.filter((one) => one.id !== id && chosen.has(one.id)).map((one) => one.id)
    change({ conditionIds: chosen.has(id) ? others : [...others, id] })
  }
  return (
    <fieldset className={styles.checks}>
      <legend className="label">
        {choices.kind === 'mushra' ? 'Rated conditions' : 'Compared conditions'}
      </legend>
      <div className={styles.options}>
        {all.map(({ id, label }) => (
          <label key={id} className="check">
            <input type="checkbox" checked={chosen.has(id)} onChange={() => toggle(id)} />
            <span>{label}</span>
          </label>
        ))}
      </div>
      {choices.kind === 'mushra' && (
        <p className="small soft">
          The recording and two anchors, low-pass filtered at 3.5 and 7 kHz, are always included.
        </p>
      )}
    </fieldset>
  )
}
