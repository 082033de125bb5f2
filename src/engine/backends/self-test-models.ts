/**
 * The models of the self-test and PyTorch's results for them: a very small network of each architecture, with every
 * kind of block and every dilation of the real ones.
 */
import type { ModelConfig } from '../../model/config.ts'

export type KnownAnswer = {
  readonly config: ModelConfig
  /** The output of one evaluation, followed by the pitch logits, if any. */
  readonly answer: readonly number[]
}

const described = {
  id: 'self-test',
  objective: 'wavegrad',
  mel: {
    sampleRateHz: 8000,
    fftSize: 32,
    hopSamples: 8,
    windowSamples: 32,
    bands: 8,
    lowHz: 0,
    highHz: 4000,
    scale: 'slaney',
    norm: 'slaney',
    magnitudeEpsilon: 1e-9,
    log: 'ln',
    floor: 1e-5,
  },
  prior: 'energy',
  priorFloor: 1e-3,
  priorRolloffDbPerKhz: 0,
  priorCorrections: 0,
  priorMomentum: 0,
  priorCorrectionScope: 'all',
  prediction: 'v',
  schedules: {},
  weights: { file: 'the self-test', sha256: '', parameters: 0 },
} as const

const waveGrad: ModelConfig = {
  ...described,
  architecture: 'wavegrad',
  network: {
    firstChannels: 16,
    patchSamples: 1,
    upFactors: [4, 2],
    upChannels: [16, 8],
    upDilations: [
      [1, 2, 1, 2],
      [1, 2, 4, 8],
    ],
    downChannels: [8, 16],
    downFactors: [2],
    downsampling: 'average',
    leakyReluSlope: 0.2,
    noiseLevelScale: 5000,
  },
}

const frames: ModelConfig = {
  ...described,
  architecture: 'frames',
  prior: 'spectral',
  network: {
    channels: 8,
    hidden: 12,
    blocks: 2,
    kernel: 7,
    excitationBins: 6,
    levelFeatures: 3,
    envelopeGains: 2,
    refinement: { times: 1, channels: 6, hidden: 8, kernel: 3 },
  },
  pitch: { channels: 8, hidden: 12, blocks: 1, kernel: 7, pitches: 5, lowHz: 55, highHz: 620 },
}

// biome-ignore format: a table
const waveGradAnswer = [
  0.5946, -0.5076, -0.6877, 0.7468, -0.0487, -1.4746, 0.0238, 1.0137, -1.1089, -0.9073, 1.0983, 1.7002, -2.6975,
  0.1794, 2.9192, -0.7527, -3.226, 0.6916, 3.5009, -1.3965, -2.1799, 1.6302, 2.3172, -3.6096, -0.2936, 2.4394,
  0.3739, -4.1889, 0.909, 2.4543, -1.0224, -0.71, 1.7253, 1.427, -3.0271, 1.4249, 3.3618, 0.7003, -3.502, 0.3953,
  1.8886, -0.9538, -1.7754, 1.7148, 2.917, -1.6542, -0.9592, 1.1344, 0.8992, -2.8838, -0.413, 3.0888, -1.9723,
  -4.4653, 1.454, 2.2392, 0.2026, 0.6089, 1.5483, -0.0138, -2.4683, 1.5727, 1.6152, 0.3235,
]

// biome-ignore format: a table
const framesAnswer = [
  -6.2729, -0.4548, 4.988, 2.18, -5.9027, -5.4448, 7.0897, 2.4147, -5.2567, -0.559, 4.2839, 0.6908, -5.5607,
  0.5318, 11.038, -1.6714, -4.2374, 1.2839, 2.9259, -2.8025, -1.9989, 5.2172, 3.1146, -4.6874, 1.1698, 3.0862,
  -2.968, -5.139, 8.2582, 9.8769, -5.1783, -6.0659, 5.1235, 3.1231, -2.4785, 0.1153, 9.6749, -0.1011, -5.6358,
  2.758, 5.8828, -0.03843, -1.7958, 2.2403, 4.0305, -3.3581, 1.4016, 4.7187, -0.08369, -1.0676, 2.1729, 3.6943,
  -1.4167, -5.2608, 6.2879, 2.8019, -3.5957, -2.3624, 2.9046, 3.816, 0.2478, -1.1495, 9.3957, 2.4324, 0.4047,
  -0.3975, -0.7175, -0.1126, 0.4506, 0.3885, 0.2949, -0.3419, -0.5508, 0.002438, 0.4016, 0.2234, -0.1323,
  -0.5578, -0.3446, 0.4294, 0.6324, 0.03253, -0.5396, -0.8731, -0.26, 0.8313, 0.9591, -0.03496, -0.345, -1.0038,
  -0.5884, 0.6259, 1.0773, 0.2914, -0.03761, -0.8711, -0.76, 0.3176, 0.9334, 0.4524, 0.3695, -0.4578, -0.7441,
  -0.07942, 0.5111, 0.4173, 0.2521, -0.3788, -0.5459, 0.04443, 0.4397, 0.2203,
]

export const knownAnswers: readonly KnownAnswer[] = [
  { config: waveGrad, answer: waveGradAnswer },
  { config: frames, answer: framesAnswer },
]
