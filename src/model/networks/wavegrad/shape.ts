/** The shape of WaveGrad's network, from `network` of config.json. */
import * as v from 'valibot'
import { positive, whole } from '../../config-numbers.ts'

export type WaveGradShape = {
  readonly firstChannels: number
  /** Number of neighbouring samples that form the channels of one position at the waveform's input and output. */
  readonly patchSamples: number
  /** Rate factors of the UBlocks, from the mel to the waveform; their product with `patchSamples` is the hop. */
  readonly upFactors: readonly number[]
  readonly upChannels: readonly number[]
  /** Dilations of the four convolutions of each UBlock. */
  readonly upDilations: readonly (readonly [number, number, number, number])[]
  /** Channels after the first convolution on the waveform, then after each DBlock. */
  readonly downChannels: readonly number[]
  readonly downFactors: readonly number[]
  /** A DBlock reduces each group of `factor` samples to their average, or to the first. */
  readonly downsampling: 'average' | 'nearest'
  readonly leakyReluSlope: number
  readonly noiseLevelScale: number
}

export const waveGradShapeSchema = v.pipe(
  v.object({
    first_channels: whole,
    patch_samples: v.optional(whole, 1),
    up_factors: v.pipe(v.array(whole), v.minLength(1)),
    up_channels: v.array(whole),
    up_dilations: v.array(v.strictTuple([whole, whole, whole, whole])),
    down_channels: v.array(v.pipe(whole, v.multipleOf(2, 'Expected an even number of channels'))),
    down_factors: v.array(whole),
    downsampling: v.optional(v.picklist(['average', 'nearest']), 'average'),
    leaky_relu_slope: v.pipe(positive, v.maxValue(1)),
    noise_level_scale: positive,
  }),
  v.check(
    (shape) =>
      [shape.up_channels, shape.up_dilations, shape.down_channels].every(
        (list) => list.length === shape.up_factors.length,
      ),
    'up_channels, up_dilations and down_channels need one entry per up_factor',
  ),
  v.check(
    (shape) => String(shape.down_factors) === String(shape.up_factors.slice(1).reverse()),
    'down_factors must be up_factors without the first, reversed',
  ),
  v.transform(
    (shape): WaveGradShape => ({
      firstChannels: shape.first_channels,
      patchSamples: shape.patch_samples,
      upFactors: shape.up_factors,
      upChannels: shape.up_channels,
      upDilations: shape.up_dilations,
      downChannels: shape.down_channels,
      downFactors: shape.down_factors,
      downsampling: shape.downsampling,
      leakyReluSlope: shape.leaky_relu_slope,
      noiseLevelScale: shape.noise_level_scale,
    }),
  ),
)
