/**
 * DiffSinger (openvpi/DiffSinger, config.yaml): HiFi-GAN's analysis with logarithms to base 10, in newer versions
 * natural.
 */

import { hifiGanConvention } from '../../../../dsp/mel/hifi-gan-convention.ts'
import { ln, log10, type ProducerProfile } from '../profile.ts'
import { hifiGan } from '../vocoders/hifi-gan.ts'

export const diffSinger: ProducerProfile = {
  name: 'DiffSinger',
  isItsConfig: ({ settings }) => settings.has('audio_num_mel_bins') || settings.has('audio_sample_rate'),
  keys: {
    ...hifiGan.keys,
    sampleRateHz: ['audio_sample_rate'],
    fftSize: ['fft_size'],
    bands: ['audio_num_mel_bins'],
  },
  published: {
    ...hifiGanConvention,
    sampleRateHz: 44_100,
    fftSize: 2048,
    hopSamples: 512,
    windowSamples: 2048,
    bands: 128,
    lowHz: 40,
    highHz: 16_000,
  },
  framing: 'padded',
  values: [ln.magnitude, log10.magnitude],
  details({ settings }) {
    const base = settings.get('mel_base')
    if (base === undefined) return {}
    return { values: [base === 'e' ? ln.magnitude : log10.magnitude] }
  },
}
