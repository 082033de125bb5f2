import { expect, test } from 'vitest'
import frames from '../../pretrain/configs/frames.json'
import shipped from '../../public/models/infergrad-small/config.json'
import { ProblemError } from '../base/problem.ts'
import { parseModelConfig } from './config.ts'

const { network, mel, weights } = shipped

test('a shipped configuration is parsed into typed names', () => {
  const config = parseModelConfig(shipped, 'config.json')
  expect(config.mel.hopSamples).toBe(256)
  expect(config.architecture).toBe('wavegrad')
  expect(config.network).toMatchObject({
    upFactors: shipped.network.up_factors,
    patchSamples: shipped.network.patch_samples,
  })
  expect(config.schedules['2'].betas).toEqual(shipped.schedules['2'].betas)
  expect(config.priorFloor).toBe(shipped.prior_floor)
  expect(config.priorMomentum).toBe(shipped.prior_momentum)
  expect(config.weights.parameters).toBe(shipped.weights.parameters)
})

test('a frame network is parsed with its pitch network', () => {
  const config = parseModelConfig({ ...frames, prediction: 'endpoint', weights }, 'config.json')
  expect(config).toMatchObject({
    architecture: 'frames',
    prediction: 'endpoint',
    network: { blocks: frames.network.blocks, excitationBins: frames.network.excitation_bins },
    pitch: frames.pitch,
  })
  const { envelope_gains, ...network } = frames.network
  expect(config).toMatchObject({ network: { envelopeGains: envelope_gains } })
  expect(parseModelConfig({ ...frames, network, weights }, 'config.json')).toMatchObject({
    network: { envelopeGains: 0 },
  })
})

test('optional settings have defaults, and the size of the paper is not too large', () => {
  const { patch_samples, ...inSamples } = { ...shipped.network, up_factors: [16, 4, 4], down_factors: [4, 4] }
  const { prior_floor, prior_rolloff_db_per_khz, prior_corrections, prior_momentum, ...rest } = shipped
  expect(
    parseModelConfig(
      { ...rest, network: inSamples, weights: { ...weights, parameters: 15_810_401 } },
      'config.json',
    ),
  ).toMatchObject({
    priorFloor: 1e-3,
    priorRolloffDbPerKhz: 0,
    priorCorrections: 0,
    priorMomentum: 0,
    network: { patchSamples: 1, downsampling: 'average' },
  })
})

test('unknown fields are ignored', () => {
  expect(parseModelConfig({ ...shipped, newer: 1 }, 'config.json').id).toBe('infergrad-small')
})

test.each<[string, RegExp, unknown]>([
  ['text', /object/i, 'text'],
  ['a missing mel', /mel/, { ...shipped, mel: undefined }],
  [
    'another architecture',
    /hifigan"? is not one of wavegrad, frames/,
    { ...shipped, architecture: 'hifigan' },
  ],
  ['no architecture', /undefined is not one of/, { ...shipped, architecture: undefined }],
  ['the shape of another architecture', /network\.channels/, { ...shipped, architecture: 'frames' }],
  ['an even kernel', /pitch\.kernel/, { ...frames, weights, pitch: { ...frames.pitch, kernel: 6 } }],
  [
    'more bins than exist',
    /excitation_bins/,
    { ...frames, weights, network: { ...frames.network, excitation_bins: 514 } },
  ],
  [
    'gains that do not divide the hop',
    /envelope_gains must divide/,
    { ...frames, weights, network: { ...frames.network, envelope_gains: 7 } },
  ],
  [
    'a refinement without the prior that it needs',
    /refinement needs the spectral prior/,
    { ...frames, weights, prior: 'energy' },
  ],
  [
    'voiced corrections of a network without voicing',
    /prior_correction_scope "voiced" needs/,
    { ...shipped, prior_correction_scope: 'voiced' },
  ],
  [
    'voiced corrections of a mel without low bands',
    /prior_correction_scope "voiced" needs/,
    { ...frames, weights, prior_correction_scope: 'voiced', mel: { ...frames.mel, low_hz: 1500 } },
  ],
  ['a scope that does not exist', /prior_correction_scope/, { ...shipped, prior_correction_scope: 'half' }],
  ['an unknown prior', /prior/, { ...shipped, prior: 'uniform' }],
  ['a band count that is not a number', /mel\.bands/, { ...shipped, mel: { ...mel, bands: '80' } }],
  ['a window beyond the FFT', /window_samples must/, { ...shipped, mel: { ...mel, window_samples: 2048 } }],
  ['an FFT that takes seconds', /mel\.fft_size/, { ...shipped, mel: { ...mel, fft_size: 1_048_576 } }],
  ['a hop that takes seconds', /64 times hop_samples/, { ...shipped, mel: { ...mel, hop_samples: 1 } }],
  ['more bands than any mel', /mel\.bands/, { ...shipped, mel: { ...mel, bands: 100_000 } }],
  ['a rate of no recording', /mel\.sample_rate_hz/, { ...shipped, mel: { ...mel, sample_rate_hz: 1e6 } }],
  ['bands above half the rate', /high_hz/, { ...shipped, mel: { ...mel, high_hz: 12_000 } }],
  ['reversed bands', /low_hz/, { ...shipped, mel: { ...mel, low_hz: 9000 } }],
  [
    'factors that do not multiply to the hop',
    /hop_samples/,
    { ...shipped, mel: { ...mel, hop_samples: 300 } },
  ],
  [
    'an odd width',
    /down_channels\.0/,
    { ...shipped, network: { ...network, down_channels: [15, 32, 32, 64, 128] } },
  ],
  [
    'a missing level',
    /one entry per/,
    { ...shipped, network: { ...network, up_channels: [128, 128, 64, 32] } },
  ],
  [
    'factors that do not match',
    /reversed/,
    { ...shipped, network: { ...network, down_factors: [4, 4, 2, 2] } },
  ],
  ['three dilations', /up_dilations/, { ...shipped, network: { ...network, up_dilations: [[1, 2, 4]] } }],
  ['a beta of 1', /schedules/, { ...shipped, schedules: { 1: { betas: [1], found: '' } } }],
  ['a beta too few', /as many betas/, { ...shipped, schedules: { 2: { betas: [0.5], found: '' } } }],
  [
    'a path as a file name',
    /weights\.file/,
    { ...shipped, weights: { ...weights, file: '../x.safetensors' } },
  ],
  ['a truncated hash', /sha256/, { ...shipped, weights: { ...weights, sha256: 'abc' } }],
])('refuses %s and says where', (_, where, json) => {
  const refusal = captured(() => parseModelConfig(json, 'models/x/config.json'))
  expect(refusal.problem.code).toBe('model-config-invalid')
  expect(refusal.problem.file).toBe('models/x/config.json')
  expect(refusal.message).toMatch(where)
})

function captured(run: () => unknown): ProblemError {
  try {
    run()
  } catch (thrown) {
    if (thrown instanceof ProblemError) return thrown
  }
  throw new Error('It was not refused')
}
