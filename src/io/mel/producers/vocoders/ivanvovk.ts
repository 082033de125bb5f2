/** WaveGrad by ivanvovk (ivanvovk/WaveGrad, data.py): log10 of torchaudio's power, without a floor. */
import { log10, type ProducerProfile, torchaudioAt24kHz } from '../profile.ts'
import { torchaudio } from '../toolkits/torchaudio.ts'

export const ivanvovk: ProducerProfile = {
  name: 'WaveGrad by ivanvovk',
  isItsConfig: ({ sections, settings }) => sections.has('data_config') && settings.has('n_mels'),
  keys: torchaudio.keys,
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
  values: [log10.power],
}
