/** WaveGrad by ivanvovk (ivanvovk/WaveGrad, data.py): base 10 of torchaudio's power, without a floor. */
import { log10OfPower, type ProducerProfile, torchaudioAt24kHz } from './profile.ts'

export const ivanvovk: ProducerProfile = {
  name: 'WaveGrad by ivanvovk',
  isItsConfig: ({ sections, settings }) => sections.has('data_config') && settings.has('n_mels'),
  keys: {
    sampleRateHz: ['sample_rate'],
    fftSize: ['n_fft'],
    hopSamples: ['hop_length'],
    windowSamples: ['win_length'],
    bands: ['n_mels'],
    lowHz: ['f_min'],
    highHz: ['f_max'],
  },
  published: {
    ...torchaudioAt24kHz,
    sampleRateHz: 22_050,
    hopSamples: 300,
    bands: 80,
    lowHz: 80,
    highHz: 8000,
    floor: 1e-30,
  },
  framing: 'centred',
  values: [log10OfPower],
}
