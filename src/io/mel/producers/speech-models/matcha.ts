/**
 * Matcha-TTS (shivammehta25/Matcha-TTS, configs/data/ljspeech.yaml). Its decoder works on mels with one mean and one
 * deviation for all bands, which `data_statistics` gives; its command line stores them restored.
 */
import { hifiGanConvention } from '../../../../dsp/mel/hifi-gan-convention.ts'
import { ln, normalised, type ProducerProfile, plainOrNormalised } from '../profile.ts'
import { torchaudio } from '../toolkits/torchaudio.ts'

export const matcha: ProducerProfile = {
  name: 'Matcha-TTS',
  isItsConfig: ({ settings, sections }) =>
    settings.has('n_feats') || settings.has('mel_mean') || sections.has('data_statistics'),
  keys: { ...torchaudio.keys, bands: ['n_feats'] },
  published: hifiGanConvention,
  framing: 'padded',
  values: plainOrNormalised(ln.magnitude),
  details({ settings }) {
    const [mean, deviation] = [settings.get('mel_mean'), settings.get('mel_std')]
    if (typeof mean !== 'number' || typeof deviation !== 'number') return {}
    return { values: [ln.magnitude, normalised(ln.magnitude, { mean: [mean], deviation: [deviation] })] }
  },
}
