/**
 * The figures of InferGrad's authors: the audio of their demo page (arXiv 2202.03751), six LJ Speech clips (LJ001-0001,
 * -0002, -0003, -0017, -0019, -0024), measured by this project's scorer. Means over the clips.
 */
import type { Figures } from '../../analysis/analysis.ts'
import type { ComparedSteps } from './comparison-state.ts'

export type AuthorsSystem = {
  /** The label of the row. */
  readonly name: string
  readonly objective: 'wavegrad' | 'infergrad'
  /** Whether one model serves 2 to 6 steps, as the models of this page do. */
  readonly general: boolean
  readonly bySteps: Readonly<Partial<Record<ComparedSteps, Figures>>>
}

export const authorsClips = 6

function figures(
  melMae: number,
  lsdDb: number,
  mrstft: number,
  mcd13Db: number,
  stoi: number,
  hfDb: number,
  levelDb: number,
): Figures {
  return { melMae, lsdDb, mrstft, mcd13Db, stoi, hfDb, levelDb }
}

export const authorsSystems: readonly AuthorsSystem[] = [
  {
    name: 'WaveGrad, baseline',
    objective: 'wavegrad',
    general: true,
    bySteps: {
      // biome-ignore lint/suspicious/noApproximativeNumericConstant: a distance that was measured, not log2(e)
      2: figures(0.576, 11.663, 1.443, 4.164, 0.926, -4.25, 1.878),
      3: figures(0.459, 10.361, 1.317, 3.122, 0.941, 3.09, 1.502),
      6: figures(0.357, 10.231, 1.232, 2.296, 0.96, 2.259, 0.266),
    },
  },
  {
    name: 'InferGrad, general',
    objective: 'infergrad',
    general: true,
    bySteps: {
      2: figures(0.451, 10.727, 1.237, 3.283, 0.958, -0.826, 1.625),
      3: figures(0.341, 9.837, 1.094, 2.147, 0.974, -1.621, 1.683),
      6: figures(0.315, 9.487, 1.049, 1.842, 0.98, -2.229, 1.682),
    },
  },
  {
    name: 'InferGrad, specified',
    objective: 'infergrad',
    general: false,
    bySteps: {
      2: figures(0.367, 9.998, 1.157, 2.278, 0.965, -1.018, 1.664),
      3: figures(0.341, 9.667, 1.085, 2.081, 0.974, -2.93, 1.713),
      6: figures(0.33, 9.543, 1.073, 1.961, 0.975, -3.284, 1.962),
    },
  },
  {
    name: 'InferGrad, specified, without phase term',
    objective: 'infergrad',
    general: false,
    bySteps: { 2: figures(0.287, 9.24, 1.035, 1.609, 0.978, 0.004, 1.585) },
  },
]
