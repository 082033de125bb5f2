/**
 * Whether a backend computes what the network needs, asked before anything is downloaded. A very small WaveGrad, with
 * weights that a formula gives, is evaluated once; the answer was computed with the network's PyTorch twin
 * (pretrain/wavegrad.py) on the same numbers. Every kind of block and every dilation of the real models is in it.
 */
import * as tf from '@tensorflow/tfjs'
import type { SafeTensor } from '../io/safetensors.ts'
import type { ModelConfig } from '../model/config.ts'
import { Vocoder } from '../model/vocoder.ts'
import { weightShapes } from '../model/weight-layout.ts'

const config: ModelConfig = {
  id: 'self-test',
  architecture: 'wavegrad',
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
  prior: 'energy',
  priorFloor: 1e-3,
  priorRolloffDbPerKhz: 0,
  priorCorrections: 0,
  priorMomentum: 0,
  prediction: 'v',
  schedules: {},
  weights: { file: 'the self-test', sha256: '', parameters: 0 },
}

const frames = 8
const noiseLevel = 0.6
const tolerance = 1e-3

// biome-ignore format: a table
const answer = [
  0.5946, -0.5076, -0.6877, 0.7468, -0.0487, -1.4746, 0.0238, 1.0137, -1.1089, -0.9073, 1.0983, 1.7002, -2.6975,
  0.1794, 2.9192, -0.7527, -3.226, 0.6916, 3.5009, -1.3965, -2.1799, 1.6302, 2.3172, -3.6096, -0.2936, 2.4394,
  0.3739, -4.1889, 0.909, 2.4543, -1.0224, -0.71, 1.7253, 1.427, -3.0271, 1.4249, 3.3618, 0.7003, -3.502, 0.3953,
  1.8886, -0.9538, -1.7754, 1.7148, 2.917, -1.6542, -0.9592, 1.1344, 0.8992, -2.8838, -0.413, 3.0888, -1.9723,
  -4.4653, 1.454, 2.2392, 0.2026, 0.6089, 1.5483, -0.0138, -2.4683, 1.5727, 1.6152, 0.3235,
]

/** Rejects, saying what was wrong, unless the backend that tfjs is set to gives the known answer. Leaves no tensor behind. */
export async function selfTest(): Promise<void> {
  const model = Vocoder.create(config, testWeights())
  let output: tf.Tensor | undefined
  try {
    output = tf.tidy(() => {
      const { bands, hopSamples } = config.mel
      const mel = wave(frames * bands, 0.5, 2).map((value) => value - 2)
      const y = wave(frames * hopSamples, 0.3, 1.2)
      const conditioning = model.condition(tf.tensor3d(mel, [1, frames, bands]))
      return conditioning.predict(tf.tensor2d(y, [1, frames * hopSamples]), [noiseLevel])
    })
    const values = await output.data()
    const errors = answer.map((expected, index) => Math.abs(values[index] - expected))
    // The negation also catches NaN.
    const wrong = errors.findIndex((error) => !(error <= tolerance))
    if (wrong >= 0)
      throw new Error(
        `It computes ${values[wrong]} where ${answer[wrong]} is right (known-answer self-test).`,
      )
  } finally {
    output?.dispose()
    model.dispose()
  }
}

/** amplitude * sin(phase + 1.7 i), i = 0.. */
function wave(count: number, phase: number, amplitude: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: count }, (_, index) => amplitude * Math.sin(phase + 1.7 * index))
}

function testWeights(): Map<string, SafeTensor> {
  const tensors = new Map<string, SafeTensor>()
  for (const [name, shape] of weightShapes(config)) {
    const [outputs, inputs, taps] = shape
    const amplitude = shape.length === 1 ? 0.2 : 2.4 / Math.sqrt(inputs * taps)
    const count = shape.length === 1 ? outputs : outputs * inputs * taps
    tensors.set(name, { dtype: 'F32', shape, values: wave(count, phaseOf(name), amplitude) })
  }
  return tensors
}

/** Another phase for every tensor, so that weights under the wrong name give a wrong answer. */
function phaseOf(name: string): number {
  const sum = Array.from(name).reduce((total, letter, index) => total + letter.charCodeAt(0) * (index + 1), 0)
  return (sum % 100) / 10
}
