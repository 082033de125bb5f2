/** WaveGrad and DiffWave by lmnt (lmnt-com/wavegrad, preprocess.py): decibels scaled to 0..1, of torchaudio's normalised STFT. */
import { lmntLevels } from '../mel-values.ts'
import { decibelsStoredAs, hifiGanConvention, type ProducerProfile } from './profile.ts'

const windowSamples = 1200

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
    windowSamples,
    bands: 128,
    lowHz: 20,
    highHz: 11_025,
    scale: 'htk',
    norm: 'none',
    magnitudeEpsilon: 0,
  },
  defaults: { lowHz: 20 },
  framing: 'centred',
  values: [decibelsStoredAs([0, 1], lmntLevels({ windowSamples }))],
  details({ settings }) {
    // Its window is four hops long, and its FFT the next power of two.
    const hop = settings.get('hop_samples')
    if (typeof hop !== 'number') return {}
    const ownWindow = 4 * hop
    return {
      values: [decibelsStoredAs([0, 1], lmntLevels({ windowSamples: ownWindow }))],
      defaults: { windowSamples: ownWindow, fftSize: 2 ** Math.ceil(Math.log2(ownWindow)) },
    }
  },
}
