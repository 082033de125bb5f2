/** Chooses the number of mel corrections after the last step: none, 4, 16, or each model's own number. */
import { useId } from 'react'
import { correctionChoices } from '../../base/mel-corrections.ts'
import type { ModelsState } from '../../store/models/models-state.ts'
import { modelsOfSize } from '../../store/synthesis/settings.ts'
import { systemNames } from '../../store/synthesis/systems.ts'
import { Segments } from '../controls/Segments.tsx'
import { useActions, usePage } from '../shell/page-context.ts'

type OwnCount = { readonly name: string; readonly count: number }

export function CorrectionsField() {
  const hint = useId()
  const { asked, size, models, userModelId } = usePage(({ synthesis: { settings }, models }) => ({
    asked: settings.corrections,
    size: settings.size,
    models: models.all,
    userModelId: models.chosenId,
  }))
  const { changeSettings } = useActions().synthesis
  const own = ownCounts(models, size, userModelId)
  if (models.length > 0 && own.length === 0) return null
  const counts = [...new Set(own.map(({ count }) => count))]
  const shared = counts.length === 1 ? counts[0] : undefined
  const shown = asked ?? shared
  const choices = [...new Set([...correctionChoices, ...(shared === undefined ? [] : [shared])])]
  return (
    <div className="field">
      <Segments
        label="Mel corrections"
        describedBy={hint}
        value={String(shown)}
        choices={choices.map((count) => ({
          value: String(count),
          label: count === 0 ? 'Off' : String(count),
        }))}
        // A value outside the choices can only be the model's own.
        onChange={(value) =>
          changeSettings({ corrections: correctionChoices.find((count) => String(count) === value) })
        }
      />
      <p id={hint} className="small soft">
        After the last step, the waveform is filtered this many times so that its mel matches the input. This
        improves even plain noise: leave it off to hear the network.
      </p>
      {asked === undefined ? (
        counts.length > 1 && <p className="small soft">Each model has its own: {listOf(own)}.</p>
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

/** Returns the counts of the models that the settings select and whose prior has corrections. */
function ownCounts(
  models: ModelsState['all'],
  size: string,
  userModelId: string | undefined,
): readonly OwnCount[] {
  const tuned = models.filter(({ id }) => id === userModelId)
  return [...modelsOfSize(models, size), ...tuned]
    .filter(({ prior }) => prior === 'spectral')
    .map(({ name, objective, corrections: { count } }) => ({
      name: name ? `“${name}”` : systemNames[objective],
      count,
    }))
}

const listOf = (own: readonly OwnCount[]) => own.map(({ name, count }) => `${name} ${count}`).join(', ')
