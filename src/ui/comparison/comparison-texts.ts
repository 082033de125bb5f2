/** Summarises the comparison in one sentence: its figures answer the paper's question for one clip. */
import type { ComparisonRow } from '../../store/comparison/comparison-state.ts'
import type { Take } from '../../store/takes/take.ts'
import { formatFigure } from '../figures/figure-texts.ts'

/** LSD values of one clip that differ by less than this, in dB, count as equal. */
const sameDb = 0.1

/**
 * States whether InferGrad with 2 steps matches WaveGrad with 6. Returns undefined until both are measured against a
 * recording.
 */
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
