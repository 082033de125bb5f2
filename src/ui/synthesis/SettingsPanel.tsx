/** The settings of a synthesis: model size, steps, schedule, mel corrections, seed, and whether the control is made. */
import { useState } from 'react'
import {
  maxSeed,
  parseSeed,
  publishedModels,
  type ScheduleMode,
  type StepChoice,
} from '../../store/synthesis/settings.ts'
import { IconButton } from '../controls/buttons/IconButton.tsx'
import { Disclosure } from '../controls/Disclosure.tsx'
import { Segments } from '../controls/Segments.tsx'
import { SelectField } from '../controls/SelectField.tsx'
import { useActions, usePage } from '../shell/page-context.ts'
import { BetasField } from './BetasField.tsx'
import { ControlField } from './ControlField.tsx'
import { CorrectionsField } from './CorrectionsField.tsx'
import { SchedulePlot } from './SchedulePlot.tsx'
import styles from './SettingsPanel.module.css'

const stepChoices: readonly { value: StepChoice; label: string }[] = [
  { value: '1', label: '1' },
  { value: '2', label: '2' },
  { value: '3', label: '3' },
  { value: '6', label: '6' },
  { value: 'custom', label: 'Custom' },
]

const scheduleChoices: readonly { value: ScheduleMode; label: string }[] = [
  { value: 'own', label: 'Best for each' },
  { value: 'shared', label: 'Same for both' },
]

/** Names of the published sizes; a size that came with other models has its own name. */
const sizeNames: Readonly<Record<string, string | undefined>> = {
  frames: 'Frame models',
  small: 'Small models',
}

/** On a narrow screen the rarely used settings are folded, so that the result is near. */
const isWide = matchMedia('(min-width: 901px)')

type Props = {
  /** Whether the number of steps applies to the view. */
  readonly hasSteps: boolean
  /** Whether the view makes takes, of which one may be the control. Other views have their own choice of systems. */
  readonly makesTakes: boolean
}

export function SettingsPanel({ hasSteps, makesTakes }: Props) {
  const { steps } = usePage(({ synthesis: { settings } }) => ({ steps: settings.steps }))
  const { changeSettings } = useActions().synthesis
  return (
    <section aria-labelledby="settings-heading" className={styles.panel}>
      <h2 id="settings-heading">Settings</h2>
      {hasSteps && (
        <Segments
          label="Steps"
          value={steps}
          choices={stepChoices}
          onChange={(chosen) => changeSettings({ steps: chosen })}
        />
      )}
      {hasSteps && steps === 'custom' && <BetasField />}
      <Disclosure label={hasSteps ? 'More settings' : 'All settings'} startsOpen={isWide.matches}>
        <div className={styles.panel}>
          {!(hasSteps && steps === 'custom') && <ScheduleField />}
          <SizeField />
          <CorrectionsField />
          <SeedField />
          <UserModelField />
          {makesTakes && <ControlField />}
          {hasSteps && <SchedulePlot />}
        </div>
      </Disclosure>
    </section>
  )
}

function ScheduleField() {
  const scheduleMode = usePage((state) => state.synthesis.settings.scheduleMode)
  const { changeSettings } = useActions().synthesis
  return (
    <Segments
      label="Noise schedule"
      value={scheduleMode}
      choices={scheduleChoices}
      onChange={(chosen) => changeSettings({ scheduleMode: chosen })}
    />
  )
}

/** Chooses the size of the models. It is shown only if there are several. */
function SizeField() {
  const { size, models } = usePage(({ synthesis: { settings }, models }) => ({
    size: settings.size,
    models: models.all,
  }))
  const { changeSettings } = useActions().synthesis
  const sizes = [...new Set([size, ...publishedModels(models).map((model) => model.size)])]
  if (sizes.length < 2) return null
  return (
    <SelectField
      label="Models"
      value={size}
      choices={sizes.map((one) => ({ value: one, label: sizeNames[one] ?? one }))}
      onChange={(chosen) => changeSettings({ size: chosen })}
    />
  )
}

/** Chooses the user model that is compared with the bundled ones. It is shown only if there are user models. */
function UserModelField() {
  const { userModels, userModelId } = usePage((state) => ({
    userModels: state.models.userModels,
    userModelId: state.models.chosenId,
  }))
  const { choose } = useActions().models
  if (userModels.length === 0) return null
  return (
    <SelectField
      label="Fine-tuned model"
      value={userModelId ?? ''}
      choices={[
        { value: '', label: 'None' },
        ...userModels.map(({ id, name = id }) => ({ value: id, label: name })),
      ]}
      onChange={(id) => choose(id || undefined)}
    />
  )
}

function SeedField() {
  const seed = usePage((state) => state.synthesis.settings.seed)
  const { changeSettings } = useActions().synthesis
  /** Entry that is not a valid seed; the last valid one remains in effect. */
  const [draft, setDraft] = useState<string>()
  const invalid = draft !== undefined
  return (
    <div className="field">
      <label className="label" htmlFor="seed">
        Seed
      </label>
      <div className={styles.seed}>
        <input
          id="seed"
          className="input"
          inputMode="numeric"
          autoComplete="off"
          value={draft ?? seed}
          aria-invalid={invalid}
          aria-describedby={invalid ? 'seed-hint' : undefined}
          onChange={({ target }) => {
            const parsed = parseSeed(target.value)
            setDraft(parsed === undefined ? target.value : undefined)
            if (parsed !== undefined) changeSettings({ seed: parsed })
          }}
          onBlur={() => setDraft(undefined)}
        />
        <IconButton
          icon="dice"
          label="New random seed"
          title="New random seed"
          onClick={() => {
            setDraft(undefined)
            changeSettings({ seed: crypto.getRandomValues(new Uint32Array(1))[0] })
          }}
        />
      </div>
      {invalid && (
        <p id="seed-hint" className={styles.wrong} role="status">
          Enter a whole number from 0 to {maxSeed}. {seed} is still in use.
        </p>
      )}
    </div>
  )
}
