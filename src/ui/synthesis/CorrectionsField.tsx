/** Chooses the mel corrections after the last step: none, those of voiced speech, 4 or 16 of everything, or each model's own. */
import { useId } from 'react'
import {
  type CorrectionChoice,
  choiceOf,
  correctionChoices,
  correctionsText,
  type MelCorrections,
} from '../../base/mel-corrections.ts'
import type { ModelsState } from '../../store/models/models-state.ts'
import { modelsOfSize } from '../../store/synthesis/settings.ts'
import { systemNames } from '../../store/synthesis/systems.ts'
import { Segments } from '../controls/Segments.tsx'
import { useActions, usePage } from '../shell/page-context.ts'

type Own = { readonly name: string; readonly corrections: MelCorrections; readonly correctsVoiced: boolean }

const labels: Readonly<Partial<Record<CorrectionChoice, string>>> = { 0: 'Off', voiced: 'Voiced' }

export function CorrectionsField() {
  const hint = useId()
  const { chosen, size, models, userModelId } = usePage(({ synthesis: { settings }, models }) => ({
    chosen: settings.corrections,
    size: settings.size,
    models: models.all,
    userModelId: models.chosenId,
  }))
  const { changeSettings } = useActions().synthesis
  const own = ownCorrections(models, size, userModelId)
  if (models.length > 0 && own.length === 0) return null
  const texts = [...new Set(own.map(({ corrections }) => correctionsText(corrections)))]
  const shared = texts.length === 1 ? own[0].corrections : undefined
  const offered = correctionChoices.filter(
    (choice) => choice !== 'voiced' || own.every(({ correctsVoiced }) => correctsVoiced),
  )
  // Models that cannot make the chosen corrections make their own.
  const asked = offered.find((choice) => choice === chosen)
  const choices = offered.map((choice) => ({
    value: String(choice),
    label: labels[choice] ?? String(choice),
  }))
  // A model may have corrections that the page does not offer.
  const other = shared && choiceOf(shared) === undefined ? correctionsText(shared) : undefined
  return (
    <div className="field">
      <Segments
        label="Mel corrections"
        describedBy={hint}
        value={other && asked === undefined ? other : String(asked ?? (shared && choiceOf(shared)))}
        choices={other ? [...choices, { value: other, label: other }] : choices}
        // A value outside the choices can only be the model's own.
        onChange={(value) =>
          changeSettings({ corrections: offered.find((choice) => String(choice) === value) })
        }
      />
      <p id={hint} className="small soft">
        After the last step, the waveform is filtered so that its mel matches the input: a voice below 1 kHz,
        or everything, 4 or 16 times. This improves even plain noise: leave it off to hear the network.
      </p>
      {asked === undefined ? (
        texts.length > 1 && <p className="small soft">Each model has its own: {listOf(own)}.</p>
      ) : (
        <button
          type="button"
          className="button quiet small"
          onClick={() => changeSettings({ corrections: undefined })}
        >
          Use each model’s own
        </button>
      )}
    </div>
  )
}

/** Returns the corrections of the models that the settings select and whose prior has any. */
function ownCorrections(
  models: ModelsState['all'],
  size: string,
  userModelId: string | undefined,
): readonly Own[] {
  const tuned = models.filter(({ id }) => id === userModelId)
  return [...modelsOfSize(models, size), ...tuned]
    .filter(({ prior }) => prior === 'spectral')
    .map(({ name, objective, corrections, correctsVoiced }) => ({
      name: name ? `“${name}”` : systemNames[objective],
      corrections,
      correctsVoiced,
    }))
}

const listOf = (own: readonly Own[]) =>
  own.map(({ name, corrections }) => `${name} ${correctionsText(corrections)}`).join(', ')
