/** Sets up a session: the voice, the settings and the start button. */
import { useState } from 'react'
import { pluralize } from '../../listening/text-format.ts'
import { defaultName, startingModel } from '../../store/fine-tune/training-plan.ts'
import { presetOf, settingsConflict, type TrainingPreset } from '../../store/fine-tune/training-settings.ts'
import type { PageState } from '../../store/state.ts'
import { Disclosure } from '../controls/Disclosure.tsx'
import { Segments } from '../controls/Segments.tsx'
import { useActions, usePage } from '../shell/page-context.ts'
import { TrainingSettingsForm } from './TrainingSettingsForm.tsx'
import styles from './TrainingSetup.module.css'
import { VoicePanel } from './VoicePanel.tsx'

const presets: readonly { value: TrainingPreset; label: string }[] = [
  { value: 'voice', label: 'Adapt to a voice' },
  { value: 'wavegrad', label: 'Adapt WaveGrad' },
]

const presetLines: Readonly<Record<TrainingPreset, string>> = {
  voice:
    'InferGrad runs its own two steps from noise and learns from how the result differs from the recording.',
  wavegrad: 'WaveGrad learns to find the noise that was added to the recording, one step at a time.',
}

export function TrainingSetup() {
  const preset = usePage((state) => state.training.preset)
  const { choosePreset } = useActions().training
  return (
    <div className={styles.setup}>
      <VoicePanel />
      <section aria-labelledby="training-heading" className="stack">
        <h3 id="training-heading">Training</h3>
        <Segments label="Preset" value={preset} choices={presets} onChange={choosePreset} />
        <p className="small soft">{presetLines[preset]}</p>
        <SettingsLine />
        <NameField />
        <StartButton />
      </section>
      <div className={styles.all}>
        <Disclosure label="All settings">
          <TrainingSettingsForm />
        </Disclosure>
      </div>
    </div>
  )
}

function SettingsLine() {
  const { settings, model } = usePage((state) => ({
    settings: state.training.settings,
    model: startingModel(state),
  }))
  const { objective, processSteps, steps, batch, cropSamples, learningRate } = settings
  const seconds = cropSamples / (model?.mel.sampleRateHz ?? 22_050)
  const parts = [
    model && `from ${model.name ?? model.id}`,
    objective === 'infergrad' && `N = ${processSteps.join(', ') || 'none'}`,
    `${steps} steps`,
    `${pluralize(batch, 'crop')} of ${seconds.toFixed(2)} s`,
    `learning rate ${learningRate}`,
    presetOf(settings) === undefined && 'changed by you',
  ]
  return <p className={styles.line}>{parts.filter((part) => part).join(' · ')}</p>
}

function NameField() {
  const { name, voice } = usePage((state) => ({ name: state.training.name, voice: state.training.voice }))
  const { nameModel } = useActions().training
  const [today] = useState(() => new Date())
  return (
    <label className="field">
      <span className="label">Name of the model</span>
      <input
        className="input"
        autoComplete="off"
        maxLength={80}
        placeholder={defaultName(voice, today)}
        value={name ?? ''}
        onChange={({ target }) => nameModel(target.value || undefined)}
      />
    </label>
  )
}

function StartButton() {
  const lacks = usePage(whatLacks)
  const { start } = useActions().training
  return (
    <div className={styles.start}>
      <button
        type="button"
        className="button primary"
        disabled={lacks !== undefined}
        aria-describedby="start-lacks"
        onClick={() => void start()}
      >
        Start fine-tuning
      </button>
      <p id="start-lacks" className="small soft">
        {lacks ?? 'You can keep listening and synthesizing meanwhile.'}
      </p>
    </div>
  )
}

/** Returns the reason why a session cannot start yet. */
function whatLacks(state: PageState): string | undefined {
  const model = startingModel(state)
  if (!model) return 'The vocoder is still loading.'
  const { settings, voice, voiceOpening } = state.training
  const conflict = settingsConflict(settings, model)
  if (conflict) return conflict
  if (voiceOpening) return 'The recordings are being read.'
  return voice.length === 0 ? 'Add a voice first.' : undefined
}
