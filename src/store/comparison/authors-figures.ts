/**
 * The figures of InferGrad's authors: the audio of their demo page (arXiv 2202.03751), six LJ Speech clips (LJ001-0001,
 * -0002, -0003, -0017, -0019, -0024), measured by this project's scorer. Means over the clips.
 */
import type { Figures } from '../../analysis/analysis.ts'
import type { ComparedSteps } from './comparison-state.ts'

type AuthorsSystem = {
  /** The label of its rows. */
  readonly name: string
  readonly objective: 'wavegrad' | 'infergrad'
  /** Whether one model serves 2 to 6 steps, as the models of this page do. */
  readonly general: boolean
}

export type AuthorsRow = AuthorsSystem & { readonly steps: ComparedSteps; readonly figures: Figures }

export const authorsClips = 6

const waveGrad: AuthorsSystem = { name: 'WaveGrad, baseline', objective: 'wavegrad', general: true }
const inferGrad: AuthorsSystem = { name: 'InferGrad, general', objective: 'infergrad', general: true }
const specified: AuthorsSystem = { name: 'InferGrad, specified', objective: 'infergrad', general: false }
const withoutPhase: AuthorsSystem = { ...specified, name: 'InferGrad, specified, without phase term' }

/** The rows are in the order of systems, then of steps. */
export const authorsRows: readonly AuthorsRow[] = [
  // biome-ignore lint/suspicious/noApproximativeNumericConstant: a distance that was measured, not log2(e)
  row(waveGrad, 2, 0.576, 11.663, 1.443, 4.164, 0.926, -4.25, 1.878),
  row(waveGrad, 3, 0.459, 10.361, 1.317, 3.122, 0.941, 3.09, 1.502),
  row(waveGrad, 6, 0.357, 10.231, 1.232, 2.296, 0.96, 2.259, 0.266),
  row(inferGrad, 2, 0.451, 10.727, 1.237, 3.283, 0.958, -0.826, 1.625),
  row(inferGrad, 3, 0.341, 9.837, 1.094, 2.147, 0.974, -1.621, 1.683),
  row(inferGrad, 6, 0.315, 9.487, 1.049, 1.842, 0.98, -2.229, 1.682),
  row(specified, 2, 0.367, 9.998, 1.157, 2.278, 0.965, -1.018, 1.664),
  row(specified, 3, 0.341, 9.667, 1.085, 2.081, 0.974, -2.93, 1.713),
  row(specified, 6, 0.33, 9.543, 1.073, 1.961, 0.975, -3.284, 1.962),
  row(withoutPhase, 2, 0.287, 9.24, 1.035, 1.609, 0.978, 0.004, 1.585),
]

function row(system: AuthorsSystem, steps: ComparedSteps, ...values: readonly number[]): AuthorsRow {
  const [melMae, lsdDb, mrstft, mcd13Db, stoi, hfDb, levelDb] = values
  return { ...system, steps, figures: { melMae, lsdDb, mrstft, mcd13Db, stoi, hfDb, levelDb } }
}
