/** One line of text about a cell of a spectrogram of levels: its time, frequency and level. */

import { formatSeconds } from './axes/ticks.ts'
import { formatFigure } from './figure-texts.ts'

type Spectrogram = {
  readonly bins: number
  readonly highHz: number
  readonly hopSeconds: number
  readonly levelsDb: Float32Array
}

export function levelReadout(spectrogram: Spectrogram, frame: number, bin: number): string {
  const { bins, highHz, hopSeconds, levelsDb } = spectrogram
  const hz = Math.round((bin * highHz) / (bins - 1)).toLocaleString('en')
  return `${formatSeconds(frame * hopSeconds)} s · ${hz} Hz · ${formatFigure(levelsDb[frame * bins + bin], 1)} dB`
}
