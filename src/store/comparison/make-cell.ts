/** Makes the audio of one cell of the comparison grid, and measures it. */
import type { Audio, Spectrogram } from '../../analysis/analysis.ts'
import { ProblemError } from '../../base/problem.ts'
import type { SynthesisProgress } from '../../engine/vocoder-engine.ts'
import { readPlanClip, type TestInput } from '../listening-test/test-input.ts'
import type { PageAccess } from '../slice.ts'
import { readReference } from '../source/reference.ts'
import { planControl, planModels } from '../synthesis/plan-models.ts'
import type { Settings } from '../synthesis/settings.ts'
import { systemNames } from '../synthesis/systems.ts'
import { vocode, vocodeByGriffinLim, vocodeWithoutNetwork } from '../synthesis/vocode.ts'
import type { Making } from '../takes/take.ts'
import type { CellFigures, GridClip, GridColumn } from './comparison-state.ts'

export type CellInput = TestInput & {
  /** Magnitudes of a recording that is not published itself. */
  readonly magnitudes?: Spectrogram
}

export type CellAudio = Audio & { readonly making?: Making }

type Options = { readonly signal: AbortSignal; readonly onProgress: (fraction: number) => void }

/** Rejects with the problems of `readPlanClip`. */
export async function readCellInput(page: PageAccess, { clip }: GridClip): Promise<CellInput> {
  const input = await readPlanClip(page, clip)
  if (input.recording || clip.kind !== 'example') return input
  const example = page.get().source.examples.find(({ id }) => id === clip.exampleId)
  const magnitudes = await readReference(page.services, example)
  return magnitudes ? { ...input, magnitudes } : input
}

/**
 * Resolves to undefined for the recording of a clip that has none. Rejects with the problems of synthesis, with
 * `model-missing`, or with an AbortError.
 */
export async function makeCell(
  page: PageAccess,
  input: CellInput,
  { system, steps }: GridColumn,
  { signal, onProgress }: Options,
): Promise<CellAudio | undefined> {
  const { settings } = page.get().synthesis
  const models = page.get().models.all
  const tell = { signal, onProgress: ({ fraction }: SynthesisProgress) => onProgress(fraction) }
  const common = { mel: input.mel, convention: input.convention, seed: settings.seed }
  switch (system) {
    case 'recording':
      return input.recording
    case 'griffin-lim':
      return vocodeByGriffinLim(page.services, common, { signal, onProgress })
    case 'no-network': {
      const planned = planControl({ settings, models })
      return planned ? vocodeWithoutNetwork(page, { ...planned, ...common }, tell) : missing(system, settings)
    }
    case 'wavegrad':
    case 'infergrad': {
      const asked = { ...settings, steps: `${steps}`, scheduleMode: 'own' } as typeof settings
      const planned = planModels({ settings: asked, models }).find((one) => one.system === system)
      return planned ? vocode(page, { ...planned, ...common }, tell) : missing(system, settings)
    }
    default:
      return system satisfies never
  }
}

function missing(system: GridColumn['system'], { size }: Pick<Settings, 'size'>): never {
  throw new ProblemError({
    code: 'model-missing',
    message: `There is no model of the size “${size}” for “${systemNames[system]}”.`,
    remedy: 'Choose another model size.',
  })
}

/** Measures against the recording, or against its magnitudes and the input mel. Rejects as the analysis does. */
export async function measureCell(
  { analysis }: PageAccess['services'],
  { mel, convention, recording, magnitudes }: CellInput,
  { samples, sampleRateHz }: Audio,
): Promise<CellFigures | undefined> {
  const against = recording ? { recording } : { mel, convention, magnitudes }
  const { quality, problem } = await analysis.compare({ audio: { samples, sampleRateHz }, against })
  if (problem) throw new ProblemError(problem)
  if (!quality) return undefined
  if (quality.against === 'recording') return { against: 'recording', ...quality.figures }
  const { melErrorNats: melMae, lsdDb } = quality
  return lsdDb === undefined ? { against: 'mel', melMae } : { against: 'magnitudes', melMae, lsdDb }
}
