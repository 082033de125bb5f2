/** The picture of a spectrogram without axes. */
import { frequencyScale } from '../axes/frequency-scale.ts'
import { paintPicture } from './picture.ts'

const shownDb = 80

type Spectrogram = {
  readonly frames: number
  readonly bins: number
  readonly highHz: number
  readonly levelsDb: Float32Array
}

/** Paints a spectrogram from its peak to 80 dB below, on the mel axis, on which speech takes most of the height. */
export function paintSpectrogram(
  { frames, bins, highHz, levelsDb }: Spectrogram,
  peakDb: number,
): HTMLCanvasElement | undefined {
  const scale = frequencyScale({ kind: 'bins', highHz }, bins, 'mel')
  return paintPicture({ frames, bins, values: levelsDb }, { low: peakDb - shownDb, high: peakDb }, scale)
}
