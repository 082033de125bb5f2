/** The convention of the bundled models, for tests that need some mel. */
import type { MelConvention } from '../mel-spectrogram.ts'

export const modelConvention: MelConvention = {
  sampleRateHz: 22050,
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
