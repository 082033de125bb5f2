/** The mel of HiFi-GAN (jik876/hifi-gan, config_v1.json), which most models of LJ Speech share, this page's among them. */
import type { MelConvention } from './mel-spectrogram.ts'

export const hifiGanConvention: MelConvention = {
  sampleRateHz: 22_050,
  fftSize: 1024,
  hopSamples: 256,
  windowSamples: 1024,
  bands: 80,
  lowHz: 0,
  highHz: 8000,
  scale: 'slaney',
  norm: 'slaney',
  magnitudeEpsilon: 1e-9,
  log: 'ln',
  floor: 1e-5,
}
