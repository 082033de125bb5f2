/** All settings of a session, each with one line of explanation. */

import { startingModel } from '../../store/fine-tune/training-plan.ts'
import {
  layerGroups,
  type NumberSetting,
  presetOf,
  processStepChoices,
  type TrainingSettings,
  toggleFrozen,
} from '../../store/fine-tune/training-settings.ts'
import { publishedModels } from '../../store/synthesis/settings.ts'
import { FileButton } from '../controls/buttons/FileButton.tsx'
import { Segments } from '../controls/Segments.tsx'
import { useOpenFiles } from '../shell/opening/use-open-files.ts'
import { useActions, usePage } from '../shell/page-context.ts'
import { NumberField } from './NumberField.tsx'
import styles from './TrainingSettingsForm.module.css'
import { layerTexts } from './training-texts.ts'

const objectives = [
  { value: 'infergrad', label: 'InferGrad' },
  { value: 'wavegrad', label: 'WaveGrad' },
] as const

const schedules = [
  { value: 'own', label: 'Own' },
  { value: 'drawn', label: 'Drawn' },
] as const

type Field = { readonly name: NumberSetting; readonly label: string; readonly hint: string }

const weightFields: readonly Field[] = [
  {
    name: 'inferWeight',
    label: 'Infer loss, λ',
    hint: 'Multi-resolution STFT error of the output of N steps.',
  },
  { name: 'melWeight', label: 'Mel loss', hint: 'Mean difference of the log-mels of the same output.' },
  {
    name: 'wavegradWeight',
    label: 'WaveGrad’s loss',
    hint: 'Error of the noise that single steps estimate. 0 skips it and saves its time.',
  },
]

const learningFields: readonly Field[] = [
  { name: 'steps', label: 'Training steps', hint: 'Each takes one batch of crops.' },
  {
    name: 'learningRate',
    label: 'Learning rate',
    hint: 'Its peak; it falls to 0 along a cosine. Lower it if the loss explodes.',
  },
  {
    name: 'warmupSteps',
    label: 'Warm-up, steps',
    hint: 'The learning rate rises from 0 during these steps.',
  },
  {
    name: 'maxGradientNorm',
    label: 'Maximum gradient norm',
    hint: 'Larger gradients are scaled down to it.',
  },
  {
    name: 'emaDecay',
    label: 'Decay of the average',
    hint: 'The weights that you hear and keep are a moving average. Closer to 1 averages over more steps.',
  },
]

const dataFields = (cropSeconds: number, hopSamples: number): readonly Field[] => [
  {
    name: 'batch',
    label: 'Crops per step',
    hint: 'More crops are slower and steadier, and need more memory.',
  },
  {
    name: 'cropSamples',
    label: 'Crop, samples',
    hint: `${cropSeconds.toFixed(2)} s. A multiple of the hop of ${hopSamples}.`,
  },
  {
    name: 'seed',
    label: 'Training seed',
    hint: 'The same seed, recordings and backend give the same losses.',
  },
  {
    name: 'evaluateEverySteps',
    label: 'Measured every, steps',
    hint: 'Measures held-out speech and keeps the best weights.',
  },
  { name: 'snapshotEverySteps', label: 'Snapshot every, steps', hint: 'Saves held-out speech to listen to.' },
]

type NumbersProps = {
  readonly legend: string
  readonly fields: readonly Field[]
  readonly hopSamples: number
}

function Numbers({ legend, fields, hopSamples }: NumbersProps) {
  return (
    <fieldset className={styles.group}>
      <legend>{legend}</legend>
      {fields.map((field) => (
        <NumberField key={field.name} {...field} hopSamples={hopSamples} />
      ))}
    </fieldset>
  )
}

export function TrainingSettingsForm() {
  const { settings, model } = usePage((state) => ({
    settings: state.training.settings,
    model: startingModel(state),
  }))
  const { changeSettings } = useActions().training
  const hopSamples = model?.mel.hopSamples ?? 256
  const cropSeconds = settings.cropSamples / (model?.mel.sampleRateHz ?? 22_050)
  const isInferGrad = settings.objective === 'infergrad'
  return (
    <div className={styles.form}>
      <fieldset className={styles.group}>
        <legend>Trained layers</legend>
        <ModelField />
        <Segments
          label="Objective"
          value={settings.objective}
          choices={objectives}
          onChange={(objective) => changeSettings({ objective })}
        />
        {isInferGrad && (
          <>
            <StepsField settings={settings} choices={processStepChoices(model)} change={changeSettings} />
            <div className="field">
              <Segments
                label="Noise schedule"
                value={settings.schedule}
                choices={schedules}
                onChange={(schedule) => changeSettings({ schedule })}
              />
              <p className={styles.hint}>The model’s own betas, or others drawn around them at each step.</p>
            </div>
          </>
        )}
        <LayersField settings={settings} change={changeSettings} />
      </fieldset>
      {isInferGrad && <Numbers legend="Loss weights" fields={weightFields} hopSamples={hopSamples} />}
      <Numbers legend="Optimization" fields={learningFields} hopSamples={hopSamples} />
      <Numbers
        legend="Data and validation"
        fields={dataFields(cropSeconds, hopSamples)}
        hopSamples={hopSamples}
      />
      <Footer />
    </div>
  )
}

function ModelField() {
  const { models, model } = usePage((state) => ({ models: state.models.all, model: startingModel(state) }))
  const { chooseModel } = useActions().training
  const published = publishedModels(models)
  const own = models.filter(({ origin }) => origin === 'user')
  return (
    <label className="field">
      <span className="label">Model to start from</span>
      <select className="input" value={model?.id ?? ''} onChange={({ target }) => chooseModel(target.value)}>
        {published.map(({ id }) => (
          <option key={id} value={id}>
            {id}
          </option>
        ))}
        {own.length > 0 && (
          <optgroup label="My models">
            {own.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </optgroup>
        )}
      </select>
    </label>
  )
}

type FieldProps = {
  readonly settings: TrainingSettings
  readonly change: (change: Partial<TrainingSettings>) => void
}

function StepsField({ settings, choices, change }: FieldProps & { readonly choices: readonly number[] }) {
  const { processSteps } = settings
  return (
    <fieldset className="stack checks">
      <legend className="label">Steps from noise, N</legend>
      <div className={styles.row}>
        {choices.map((steps) => (
          <label key={steps} className="check">
            <input
              type="checkbox"
              checked={processSteps.includes(steps)}
              onChange={({ target }) =>
                change({
                  processSteps: choices.filter((one) =>
                    one === steps ? target.checked : processSteps.includes(one),
                  ),
                })
              }
            />
            {steps}
          </label>
        ))}
      </div>
      <p className={styles.hint}>
        If you choose several, each training step draws one of them. A single one specializes the model.
      </p>
    </fieldset>
  )
}

function LayersField({ settings, change }: FieldProps) {
  const model = usePage(startingModel)
  return (
    <fieldset className="stack checks">
      <legend className="label">Frozen layers</legend>
      {layerGroups[model?.architecture ?? 'wavegrad'].map((group) => (
        <label key={group} className="check">
          <input
            type="checkbox"
            checked={settings.frozen.includes(group)}
            onChange={() => change(toggleFrozen(settings, group))}
          />
          {layerTexts[group]}
        </label>
      ))}
    </fieldset>
  )
}

function Footer() {
  const { isPreset, canUndo, checkpointName } = usePage((state) => ({
    isPreset: presetOf(state.training.settings) !== undefined,
    canUndo: state.training.replacedSettings !== undefined,
    checkpointName: state.training.checkpointName,
  }))
  const { resetSettings, undoReset, chooseCheckpoint } = useActions().training
  const openFiles = useOpenFiles('checkpoint')
  return (
    <div className={styles.footer}>
      {canUndo ? (
        <button type="button" className="button" onClick={undoReset}>
          Undo the reset
        </button>
      ) : (
        <button type="button" className="button" disabled={isPreset} onClick={resetSettings}>
          Reset to the preset
        </button>
      )}
      {checkpointName ? (
        <p className={styles.checkpoint}>
          Resumes from {checkpointName} with its settings, except for the number of training steps.
          <button
            type="button"
            className="button quiet small"
            onClick={() => void chooseCheckpoint(undefined)}
          >
            Start again instead
          </button>
        </p>
      ) : (
        <FileButton text="Resume from checkpoint" accept=".safetensors" onFiles={openFiles} />
      )}
    </div>
  )
}
