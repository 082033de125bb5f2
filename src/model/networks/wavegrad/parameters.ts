/**
 * The weights in the form that the blocks use: FiLM's output split into shift and scale, and each convolution with its
 * dilation. Computed once for synthesis, and within each step for training.
 */
import * as tf from '@tensorflow/tfjs'
import { type Convolution, convolutionOf, type Weights } from '../../weights.ts'
import type { WaveGradShape } from './shape.ts'

export type DBlockParameters = {
  readonly residual: Convolution
  readonly convs: readonly [Convolution, Convolution, Convolution]
  readonly factor: number
  readonly downsampling: WaveGradShape['downsampling']
}

export type FilmParameters = Readonly<Record<'input' | 'shift' | 'scale', Convolution>>

export type UBlockParameters = {
  readonly residual: Convolution
  readonly factor: number
  readonly convs: readonly [DilatedConvolution, DilatedConvolution, DilatedConvolution, DilatedConvolution]
}

type DilatedConvolution = Convolution & { readonly dilation: number }

export type NetworkParameters = {
  readonly firstConv: Convolution
  readonly lastConv: Convolution
  /** The first convolution on the waveform, then a DBlock per further level. */
  readonly downConv: Convolution
  readonly dBlocks: readonly DBlockParameters[]
  /** By level; 0 is the full rate. */
  readonly films: readonly FilmParameters[]
  /** From the mel to the waveform; block i is at level `films.length - 1 - i`. */
  readonly uBlocks: readonly UBlockParameters[]
  readonly slope: number
  readonly noiseLevelScale: number
}

/**
 * Throws if `weights` lacks a name of `shape`. The caller disposes with `disposeParameters`, or calls it within a tidy.
 */
export function networkParameters(shape: WaveGradShape, weights: Weights): NetworkParameters {
  const named = (name: string) => convolutionOf(weights, name)
  return {
    firstConv: named('first_conv'),
    lastConv: named('last_conv'),
    downConv: named('down.0'),
    dBlocks: shape.downFactors.map((factor, index) => {
      const block = `down.${index + 1}`
      return {
        residual: named(`${block}.residual`),
        convs: [named(`${block}.conv.0`), named(`${block}.conv.1`), named(`${block}.conv.2`)],
        factor,
        downsampling: shape.downsampling,
      }
    }),
    films: shape.downChannels.map((_, level) => ({
      input: named(`film.${level}.input_conv`),
      shift: outputHalf(named(`film.${level}.output_conv`), 0),
      scale: outputHalf(named(`film.${level}.output_conv`), 1),
    })),
    uBlocks: shape.upFactors.map((factor, index) => {
      const dilations = shape.upDilations[index]
      const dilated = (j: 0 | 1 | 2 | 3) => ({ ...named(`up.${index}.conv.${j}`), dilation: dilations[j] })
      return {
        residual: named(`up.${index}.residual`),
        factor,
        convs: [dilated(0), dilated(1), dilated(2), dilated(3)],
      }
    }),
    slope: shape.leakyReluSlope,
    noiseLevelScale: shape.noiseLevelScale,
  }
}

/** The first or the second half of a convolution's outputs. */
function outputHalf({ filter, bias }: Convolution, half: 0 | 1): Convolution {
  const [taps, inputs, outputs] = filter.shape
  const channels = outputs / 2
  return {
    filter: tf.slice(filter, [0, 0, half * channels], [taps, inputs, channels]),
    bias: tf.slice(bias, [half * channels], [channels]),
  }
}

/** Releases the tensors that `networkParameters` created, but not the named weights. */
export function disposeParameters({ films }: NetworkParameters): void {
  for (const { shift, scale } of films) tf.dispose([{ ...shift }, { ...scale }])
}
