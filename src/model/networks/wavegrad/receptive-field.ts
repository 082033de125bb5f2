/**
 * The receptive field of one evaluation of the network. A chunk with this much context on both sides gives the same
 * output as the whole signal does. It is traced backwards from the samples of one frame, as intervals at each rate,
 * along two paths: through the UBlocks to the mel, and through FiLM and the DBlocks to the waveform.
 */
import type { WaveGradShape } from './shape.ts'

/** Indices from..to, inclusive, at some rate; the highest rate is that of the patches. */
type Interval = { readonly from: number; readonly to: number }

const widen = ({ from, to }: Interval, by: number): Interval => ({ from: from - by, to: to + by })
const union = (a: Interval, b: Interval): Interval => ({
  from: Math.min(a.from, b.from),
  to: Math.max(a.to, b.to),
})
const beforeUpsampling = ({ from, to }: Interval, factor: number): Interval => ({
  from: Math.floor(from / factor),
  to: Math.floor(to / factor),
})
const beforePooling = ({ from, to }: Interval, factor: number): Interval => ({
  from: from * factor,
  to: (to + 1) * factor - 1,
})

/** Frames of halo that one evaluation needs on each side, for the mel and for the waveform. */
export function haloFrames({ upFactors, upDilations, downFactors }: WaveGradShape): number {
  const hop = upFactors.reduce((product, factor) => product * factor, 1) // in patches
  const levels = upFactors.length
  let signal: Interval = widen({ from: 0, to: hop - 1 }, 1) // what last_conv reads
  const modulations: Interval[] = [] // by level, 0 the full rate
  for (let level = 0; level < levels; level++) {
    const block = levels - 1 - level
    const [first, second, third, fourth] = upDilations[block]
    const main = widen(signal, second + third + fourth)
    modulations.push(main)
    signal = beforeUpsampling(widen(main, first), upFactors[block]) // the residual reads less
  }
  const mel = widen(signal, 1) // first_conv

  let waveform: Interval | undefined
  for (let level = levels - 1; level >= 0; level--) {
    const read = widen(modulations[level], 2) // input_conv, output_conv
    const output: Interval = waveform ? union(read, waveform) : read
    waveform =
      level === 0 ? widen(output, 2) : beforePooling(widen(output, 1 + 2 + 4), downFactors[level - 1])
  }
  if (!waveform) return Math.max(-mel.from, mel.to)
  const frames = beforeUpsampling(waveform, hop)
  return Math.max(-mel.from, mel.to, -frames.from, frames.to)
}
