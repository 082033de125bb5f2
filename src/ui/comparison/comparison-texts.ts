/** What the comparison comes to, in words: the question of the paper, answered for one clip by its figures. */
import type { ComparisonRow } from '../../store/comparison/comparison-state.ts'
import type { Take } from '../../store/takes/take.ts'
import { formatFigure } from '../figures/figure-texts.ts'

/** Of LSD in dB: what is nearer than this is the same for a clip. */
const sameDb = 0.1

/** Whether InferGrad at 2 steps does what WaveGrad does at 6; undefined until both are measured against a recording. */
export function comparisonSentence(
  rows: readonly ComparisonRow[],
  takes: readonly Take[],
): string | undefined {
  const lsdOf = (system: ComparisonRow['system'], steps: number) => {
    const row = rows.find((one) => one.system === system && one.steps === steps)
    const quality = takes.find(({ id }) => id === row?.takeId)?.quality
    return quality?.against === 'recording' ? quality.figures.lsdDb : undefined
  }
  const [two, six] = [lsdOf('infergrad', 2), lsdOf('wavegrad', 6)]
  if (two === undefined || six === undefined) return undefined
  const figures = `log-spectral distance of ${formatFigure(two, 2)} dB against ${formatFigure(six, 2)} dB`
  if (Math.abs(two - six) < sameDb)
    return `Two steps of InferGrad are as near to the recording as six of WaveGrad here: ${figures}.`
  const nearer = two < six ? 'nearer to' : 'farther from'
  return `Two steps of InferGrad are ${nearer} the recording than six of WaveGrad here: ${figures}.`
}
