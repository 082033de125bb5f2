/** Vocos (gemelo-ai/vocos, config.yaml): torchaudio's mel of magnitudes. */
import { ln, type ProducerProfile, torchaudioAt24kHz } from '../profile.ts'

export const vocos: ProducerProfile = {
  name: 'Vocos',
  isItsConfig: ({ settings }) => /^vocos\./.test(String(settings.get('class_path'))),
  keys: {
    sampleRateHz: ['sample_rate'],
    fftSize: ['n_fft'],
    hopSamples: ['hop_length'],
    bands: ['n_mels'],
  },
  published: { ...torchaudioAt24kHz, floor: 1e-7 },
  defaults: { sampleRateHz: 24_000, fftSize: 1024, hopSamples: 256, bands: 100 },
  framing: 'centred',
  values: [ln.magnitude],
  details: ({ settings }) => (settings.get('padding') === 'same' ? { framing: 'padded' } : {}),
}
