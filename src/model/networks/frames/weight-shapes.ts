/** The weights of the frame network, including its pitch network, without tensors. */
import type { FrameConfig } from '../../config.ts'
import type { BlockShape } from './shape.ts'

/** Shapes by Python name, in PyTorch's layout: [outputs, inputs], or [outputs, inputs, taps] of a convolution. */
export function frameWeightShapes({ mel, network, pitch }: FrameConfig): Map<string, readonly number[]> {
  const { channels, excitationBins, levelFeatures, envelopeGains, refinement } = network
  const bins = mel.fftSize / 2 + 1
  const shapes = new Map<string, readonly number[]>()
  const affine = (name: string, ...weight: readonly number[]) => {
    shapes.set(`${name}.weight`, weight)
    shapes.set(`${name}.bias`, [weight[0]])
  }
  const block = (name: string, shape: BlockShape) => {
    shapes.set(`${name}.scale`, [shape.channels])
    affine(`${name}.depthwise`, shape.channels, 1, shape.kernel)
    affine(`${name}.norm`, shape.channels)
    affine(`${name}.widen`, shape.hidden, shape.channels)
    affine(`${name}.narrow`, shape.channels, shape.hidden)
  }
  const trunk = (prefix: string, shape: typeof network | typeof pitch) => {
    for (let index = 0; index < shape.blocks; index++) block(`${prefix}blocks.${index}`, shape)
  }
  affine('pitch.enter', pitch.channels, mel.bands)
  trunk('pitch.', pitch)
  affine('pitch.norm', pitch.channels)
  affine('pitch.leave', pitch.pitches + 1, pitch.channels)
  affine('enter_mel', channels, mel.bands, 3)
  affine('enter_excitation', channels, 2 * excitationBins + mel.bands)
  affine('enter_signal', channels, 2 * bins + mel.bands)
  affine('enter_level', channels, levelFeatures)
  affine('enter_norm', channels)
  trunk('', network)
  affine('leave_norm', channels)
  affine('leave', 2 * bins + 3 * mel.bands + envelopeGains, channels)
  if (refinement) {
    shapes.set('refinement.strength', [mel.bands])
    affine('refinement.enter', refinement.channels, mel.bands)
    affine('refinement.context', refinement.channels, channels)
    block('refinement.block', refinement)
    affine('refinement.norm', refinement.channels)
    affine('refinement.leave', mel.bands, refinement.channels)
  }
  return shapes
}
