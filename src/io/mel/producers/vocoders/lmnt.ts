/** WaveGrad and DiffWave by lmnt (lmnt-com/wavegrad, preprocess.py): decibels scaled to 0..1, of torchaudio's normalised STFT. */

import { hifiGanConvention } from '../../../../dsp/mel/hifi-gan-convention.ts'
import type { MelValues } from '../../mel-reading.ts'
import { decibelsStoredAs, nextPowerOfTwo, type ProducerProfile } from '../profile.ts'

const publishedWindow = 1200

/** Its scale for a window: torchaudio's normalized=True divides magnitudes by the root of the window's energy. */
export function lmntValues(windowSamples: number): MelValues {
  // The energy of a Hann window is 3/8 of its length.
  const windowDb = 10 * Math.log10(0.375 * windowSamples)
  return decibelsStoredAs([0, 1], [-80 + windowDb, 20 + windowDb])
}

export const lmnt: ProducerProfile = {
  name: 'WaveGrad by lmnt',
  isItsConfig: ({ settings }) => settings.has('crop_mel_frames'),
  keys: {
    sampleRateHz: ['sample_rate'],
    fftSize: ['n_fft'],
    hopSamples: ['hop_samples'],
    bands: ['n_mels'],
  },
  published: {
    ...hifiGanConvention,
    fftSize: 2048,
    hopSamples: 300,
    windowSamples: publishedWindow,
    bands: 128,
    lowHz: 20,
    highHz: 11_025,
    scale: 'htk',
    norm: 'none',
    magnitudeEpsilon: 0,
  },
  defaults: { lowHz: 20 },
  framing: 'centred',
  values: [lmntValues(publishedWindow)],
  details({ settings }) {
    // Its window is four hops long, and its FFT the next power of two.
    const hop = settings.get('hop_samples')
    if (typeof hop !== 'number') return {}
    const ownWindow = 4 * hop
    return {
      values: [lmntValues(ownWindow)],
      defaults: { windowSamples: ownWindow, fftSize: nextPowerOfTwo(ownWindow) },
    }
  },
}
