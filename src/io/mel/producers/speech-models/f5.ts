/** F5-TTS and E2-TTS (SWivid/F5-TTS, src/f5_tts/model/modules.py), for Vocos or for BigVGAN. */
import { ln, type ProducerProfile, torchaudioAt24kHz } from '../profile.ts'

export const f5: ProducerProfile = {
  name: 'F5-TTS',
  isItsConfig: ({ settings, sections }) => settings.has('mel_spec_type') || sections.has('mel_spec'),
  keys: {
    sampleRateHz: ['target_sample_rate'],
    fftSize: ['n_fft'],
    hopSamples: ['hop_length'],
    windowSamples: ['win_length'],
    bands: ['n_mel_channels'],
  },
  published: torchaudioAt24kHz,
  defaults: { sampleRateHz: 24_000, fftSize: 1024, hopSamples: 256, windowSamples: 1024, bands: 100 },
  framing: 'centred',
  values: [ln.magnitude],
  details: ({ settings }) =>
    settings.get('mel_spec_type') === 'bigvgan' ? { framing: 'padded', scale: 'slaney', norm: 'slaney' } : {},
}
