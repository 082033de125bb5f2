/** Chooses the systems and the file format of a batch. Its other settings are those of the page. */
import { correctionsText } from '../../base/mel-corrections.ts'
import { pluralize } from '../../listening/text-format.ts'
import { planBatch } from '../../store/batch/batch-plan.ts'
import { type BatchSystem, batchSystems, type PlannedOutput } from '../../store/batch/batch-state.ts'
import type { PageState } from '../../store/state.ts'
import { modelChoice } from '../../store/synthesis/plan-models.ts'
import { systemNames } from '../../store/synthesis/systems.ts'
import { Segments } from '../controls/Segments.tsx'
import { wavFormats } from '../controls/wav-formats.ts'
import { useActions, usePage } from '../shell/page-context.ts'
import styles from './BatchSetup.module.css'

export function BatchSetup() {
  const { systems, encoding, isRunning, hasTuned } = usePage(({ batch, models }) => ({
    systems: batch.systems,
    encoding: batch.encoding,
    isRunning: batch.status !== 'idle',
    hasTuned: models.chosenId !== undefined,
  }))
  const { chooseSystem, chooseEncoding } = useActions().batch
  return (
    <div className={styles.setup}>
      <fieldset className={styles.systems} disabled={isRunning}>
        <legend className="label">Make with</legend>
        {batchSystems
          .filter((system) => system !== 'tuned' || hasTuned)
          .map((system) => (
            <label key={system} className={styles.system} style={{ '--accent': `var(--${system})` }}>
              <input
                type="checkbox"
                checked={systems.includes(system)}
                onChange={({ target }) => chooseSystem(system, target.checked)}
              />
              {systemNames[system]}
            </label>
          ))}
      </fieldset>
      <fieldset className={styles.format} disabled={isRunning}>
        <legend className="visually-hidden">WAVs of the batch</legend>
        <Segments label="Sample format" value={encoding} choices={wavFormats} onChange={chooseEncoding} />
      </fieldset>
      <SettingsLine />
    </div>
  )
}

function SettingsLine() {
  const text = usePage((state) => (state.batch.status === 'idle' ? idleText(state) : runningText(state)))
  return <p className={`small soft ${styles.line}`}>{text}</p>
}

function idleText(state: PageState): string {
  if (state.models.all.length === 0) return ''
  try {
    return `Uses the current settings: ${planText(planBatch(modelChoice(state), state.batch))}.`
  } catch {
    // Starting reports the error.
    return 'The current settings do not allow a start yet.'
  }
}

const runningText = ({ batch: { plan } }: PageState) =>
  plan.length > 0 ? `Uses the settings from its start: ${planText(plan)}.` : ''

/**
 * Returns, for example, "WaveGrad in 6 steps with 16 corrections, InferGrad in 2 steps with no corrections,
 * Griffin-Lim, seed 1".
 */
function planText(plan: readonly PlannedOutput[]): string {
  const nameOf = ({ system, modelName }: { readonly system: BatchSystem; readonly modelName?: string }) =>
    modelName ? `“${modelName}”` : systemNames[system]
  const parts = plan.map((planned) => {
    const { betas, corrections } = planned
    const steps = betas && `in ${pluralize(betas.length, 'step')}`
    const corrected = corrections && `with ${correctionsText(corrections)}`
    return [nameOf(planned), steps, corrected].filter((part) => part).join(' ')
  })
  return [...parts, `seed ${plan[0].seed}`].join(', ')
}
