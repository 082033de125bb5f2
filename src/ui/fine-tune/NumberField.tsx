/** A number of the training settings. An invalid entry stays on screen while the last valid value remains in effect. */
import { useId, useState } from 'react'
import { acceptedSetting, type NumberSetting, parseSetting } from '../../store/fine-tune/training-settings.ts'
import { useActions, usePage } from '../shell/page-context.ts'
import styles from './TrainingSettingsForm.module.css'

type Props = {
  readonly name: NumberSetting
  readonly label: string
  readonly hint: string
  readonly hopSamples: number
}

export function NumberField({ name, label, hint, hopSamples }: Props) {
  const value = usePage((state) => state.training.settings[name])
  const { changeSettings } = useActions().training
  const [draft, setDraft] = useState<string>()
  const id = useId()
  const invalid = draft !== undefined && parseSetting(name, draft, hopSamples) === undefined
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        className="input"
        inputMode="decimal"
        autoComplete="off"
        value={draft ?? value}
        aria-invalid={invalid}
        aria-describedby={`${id}-hint`}
        onChange={({ target }) => {
          setDraft(target.value)
          const parsed = parseSetting(name, target.value, hopSamples)
          if (parsed !== undefined) changeSettings({ [name]: parsed })
        }}
        onBlur={() => setDraft(undefined)}
      />
      <p
        id={`${id}-hint`}
        role={invalid ? 'status' : undefined}
        className={invalid ? styles.wrong : styles.hint}
      >
        {invalid ? `Accepted: ${acceptedSetting(name, hopSamples)}. ${value} stays in use.` : hint}
      </p>
    </div>
  )
}
