/**
 * Matcha-TTS (shivammehta25/Matcha-TTS, configs/data/ljspeech.yaml). Its decoder works on mels with one mean and one
 * deviation for all bands, which `data_statistics` gives; its command line stores them restored.
 */
import { hifiGanConvention, lnOfMagnitude, normalised, type ProducerProfile } from './profile.ts'

export const matcha: ProducerProfile = {
  name: 'Matcha-TTS',
  isItsConfig: ({ settings, sections }) =>
    settings.has('n_feats') || settings.has('mel_mean') || sections.has('data_statistics'),
  keys: {
    sampleRateHz: ['sample_rate'],
    fftSize: ['n_fft'],
    hopSamples: ['hop_length'],
    windowSamples: ['win_length'],
    bands: ['n_feats'],
    lowHz: ['f_min'],
    highHz: ['f_max'],
  },
  published: hifiGanConvention,
  framing: 'padded',
  values: [lnOfMagnitude, normalised(lnOfMagnitude)],
  details({ settings }) {
    const [mean, deviation] = [settings.get('mel_mean'), settings.get('mel_std')]
    if (typeof mean !== 'number' || typeof deviation !== 'number') return {}
    const statistics = { mean: [mean], deviation: [deviation] }
    return { values: [lnOfMagnitude, { ...lnOfMagnitude, scaling: { kind: 'statistics', statistics } }] }
  },
}
