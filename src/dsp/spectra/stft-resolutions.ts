/**
 * The three STFT resolutions of the scorer's multi-resolution STFT distance and of the infer loss (Parallel WaveGAN,
 * Yamamoto et al. 2020).
 */
export const resolutions = [
  { fftSize: 1024, hopSamples: 120, windowSamples: 600 },
  { fftSize: 2048, hopSamples: 240, windowSamples: 1200 },
  { fftSize: 512, hopSamples: 50, windowSamples: 240 },
] as const
