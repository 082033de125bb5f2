/** Summarises the comparison in one sentence: its figures answer the paper's question for one clip. */
import type { ColumnFigures } from '../../store/comparison/grid.ts'
import { formatFigure } from '../figures/figure-texts.ts'

/** LSD values that differ by less than this, in dB, count as equal. */
const sameDb = 0.1

/** States whether InferGrad with 2 steps matches WaveGrad with 6. Returns undefined until both have a distance. */
export function comparisonSentence(rows: readonly ColumnFigures[]): string | undefined {
  const lsdOf = (id: string) => rows.find(({ column }) => column.id === id)?.figures.lsdDb
  const [two, six] = [lsdOf('infergrad-2'), lsdOf('wavegrad-6')]
  if (two === undefined || six === undefined) return undefined
  const figures = `log-spectral distance of ${formatFigure(two, 2)} dB against ${formatFigure(six, 2)} dB`
  if (Math.abs(two - six) < sameDb)
    return `InferGrad with 2 steps is as close to the recording as WaveGrad with 6: ${figures}.`
  const closer = two < six ? 'closer to' : 'farther from'
  return `InferGrad with 2 steps is ${closer} the recording than WaveGrad with 6: ${figures}.`
}
