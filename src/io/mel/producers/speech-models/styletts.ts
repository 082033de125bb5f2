/**
 * StyleTTS and StyleTTS 2 (yl4579/StyleTTS2, meldataset.py): (ln(1e-5 + power) + 4) / 4 at 24 kHz, through filters that
 * torchaudio computes for its default of 16 kHz, because the code does not tell it the rate.
 */

import { ln, normalised, type ProducerProfile, torchaudioAt24kHz } from '../profile.ts'
import { librosaSizes } from '../toolkits/librosa.ts'

export const styleTts: ProducerProfile = {
  name: 'StyleTTS',
  isItsConfig: ({ sections }) => sections.has('spect_params') || sections.has('preprocess_params'),
  keys: librosaSizes,
  published: { ...torchaudioAt24kHz, fftSize: 2048, hopSamples: 300, windowSamples: 1200, bands: 80 },
  defaults: { sampleRateHz: 24_000, fftSize: 2048, hopSamples: 300, windowSamples: 1200, bands: 80 },
  framing: 'centred',
  filterRateHz: 16_000,
  values: [normalised(ln.power, { mean: [-4], deviation: [4] })],
}
