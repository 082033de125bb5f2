/** Arrays that have no axis of a known number of bands: those that may be mels, and what others probably are. */
import { refusalsOf } from '../../refusal.ts'
import type { Matrix } from '../formats/mel-array.ts'

/** Smallest and largest number of bands in use. */
const minBands = 20
const maxBands = 256

/** Bins of the Fourier transforms in use. */
const fftBins = [256, 512, 1024, 2048, 4096].map((size) => size / 2 + 1)

/** Channels of audio; more are no longer mistaken for a recording. */
const maxChannels = 2

type Sizes = Pick<Matrix, 'rows' | 'columns'>

/** The number of bands: that of the shorter axis that can have them. `bands` are those of the model. Refuses with `mel-bands`. */
export function unusualBands(sizes: Sizes, bands: number, file: string): number {
  const { rows, columns } = sizes
  const isLinear = fftBins.includes(rows) || fftBins.includes(columns)
  const found = [rows, columns].toSorted((a, b) => a - b).find((size) => size >= minBands && size <= maxBands)
  return isLinear || found === undefined ? refuseBands(sizes, bands, file) : found
}

export function refuseBands(sizes: Sizes, bands: number, file: string): never {
  const { rows, columns } = sizes
  return refusalsOf(file)('mel-bands', `has no axis of ${bands} bands`, {
    found: `shape [${rows}, ${columns}]`,
    accepted: `[${bands}, frames] or [frames, ${bands}]`,
    remedy: remedyFor(sizes, bands),
  })
}

function remedyFor({ rows, columns }: Sizes, bands: number): string {
  if (Math.min(rows, columns) <= maxChannels) {
    return 'It looks like samples of audio: save them as WAV, and the page computes their mel.'
  }
  const bins = fftBins.find((size) => size === rows || size === columns)
  if (bins) {
    const [fft, axis] = [2 * (bins - 1), bins === rows ? 'magnitudes' : 'magnitudes.T']
    return (
      `An axis of ${bins} holds the bins of an FFT of ${fft}, so it looks like a linear spectrogram. Make a mel of its ` +
      `magnitudes: numpy.log(numpy.maximum(librosa.filters.mel(sr=22050, n_fft=${fft}, n_mels=${bands}, fmax=8000) @ ` +
      `${axis}, 1e-5)).`
    )
  }
  return (
    'If it was made with another filterbank, add the configuration of its producer (JSON or YAML), and it will be ' +
    'converted.'
  )
}
