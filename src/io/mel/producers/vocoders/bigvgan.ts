/** BigVGAN (NVIDIA/BigVGAN): the configuration of HiFi-GAN, with bands up to half the rate. */

import type { ProducerProfile } from '../profile.ts'
import { hifiGan } from './hifi-gan.ts'

export const bigVgan: ProducerProfile = {
  ...hifiGan,
  name: 'BigVGAN',
  isItsConfig: ({ settings }) => settings.has('snake_logscale') || settings.has('use_tanh_at_final'),
  published: {
    ...hifiGan.published,
    sampleRateHz: 44_100,
    fftSize: 2048,
    hopSamples: 512,
    windowSamples: 2048,
    bands: 128,
    highHz: 22_050,
  },
}
