/**
 * The network of WaveGrad (arXiv 2009.00713) as functions of its parameters: from noisy waveform, mel and noise level
 * to the noise (or v). `condition` computes once per mel the parts that do not depend on the noise level: the first
 * convolution and the unmodulated part of the first UBlock.
 */
import * as tf from '@tensorflow/tfjs'
import { conv1d } from '../../../kernels/conv1d.ts'
import { dBlock, enterUBlock, film, finishUBlock, type UBlockEntry } from './blocks.ts'
import type { NetworkParameters } from './parameters.ts'

/** The part of the network that depends only on the mel; released by `tf.dispose`. */
export type Conditioning = UBlockEntry

/** mel [batch, frames, bands], in the model's convention. The caller disposes the result. */
export function condition(mel: tf.Tensor3D, { firstConv, uBlocks, slope }: NetworkParameters): Conditioning {
  return tf.tidy(() => enterUBlock(conv1d(mel, firstConv.filter, firstConv.bias), uBlocks[0], slope))
}

/**
 * One evaluation. y [batch, frames * hop, 1] of the process, a level sqrt(alpha-bar) per batch item -> [batch, frames *
 * hop, 1], the noise or v, depending on the configuration. The caller disposes the result.
 */
export function predict(
  y: tf.Tensor3D,
  conditioning: Conditioning,
  levels: readonly number[],
  parameters: NetworkParameters,
): tf.Tensor3D {
  const { downConv, dBlocks, films, uBlocks, lastConv, slope } = parameters
  const [batch, samples] = y.shape
  const patch = downConv.filter.shape[1]
  return tf.tidy(() => {
    const columns = y.reshape<tf.Tensor3D>([batch, samples / patch, patch])
    const features = [conv1d(columns, downConv.filter, downConv.bias)] // by level, 0 the full rate
    for (const block of dBlocks) features.push(dBlock(features[features.length - 1], block, slope))
    let signal: tf.Tensor3D | undefined
    for (const [index, block] of uBlocks.entries()) {
      const level = uBlocks.length - 1 - index
      const before = signal
      signal = tf.tidy(() => {
        const entry = before ? enterUBlock(before, block, slope) : conditioning
        return finishUBlock(entry, film(features[level], levels, films[level], parameters), block, slope)
      })
      before?.dispose()
    }
    if (!signal) throw new Error('The network has no UBlocks')
    return conv1d(signal, lastConv.filter, lastConv.bias).reshape<tf.Tensor3D>([batch, samples, 1])
  })
}
