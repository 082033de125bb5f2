/** The weights of WaveGrad's network, without tensors. */
import type { WaveGradConfig } from '../../config.ts'

/** Shapes by Python name, in PyTorch's layout: filters [outputs, inputs, taps], biases [outputs]. */
export function waveGradWeightShapes({ mel, network }: WaveGradConfig): Map<string, readonly number[]> {
  const { upChannels, downChannels, firstChannels, patchSamples } = network
  const shapes = new Map<string, readonly number[]>()
  const convolution = (name: string, taps: number, inputs: number, outputs: number) => {
    shapes.set(`${name}.weight`, [outputs, inputs, taps])
    shapes.set(`${name}.bias`, [outputs])
  }
  convolution('first_conv', 3, mel.bands, firstChannels)
  convolution('down.0', 5, patchSamples, downChannels[0])
  for (let level = 1; level < downChannels.length; level++) {
    const [inputs, outputs] = [downChannels[level - 1], downChannels[level]]
    convolution(`down.${level}.residual`, 1, inputs, outputs)
    for (let j = 0; j < 3; j++) convolution(`down.${level}.conv.${j}`, 3, j === 0 ? inputs : outputs, outputs)
  }
  for (const [level, channels] of downChannels.entries()) {
    convolution(`film.${level}.input_conv`, 3, channels, channels)
    convolution(`film.${level}.output_conv`, 3, channels, 2 * upChannels[upChannels.length - 1 - level])
  }
  for (const [block, outputs] of upChannels.entries()) {
    const inputs = block === 0 ? firstChannels : upChannels[block - 1]
    convolution(`up.${block}.residual`, 1, inputs, outputs)
    for (let j = 0; j < 4; j++) convolution(`up.${block}.conv.${j}`, 3, j === 0 ? inputs : outputs, outputs)
  }
  convolution('last_conv', 3, upChannels[upChannels.length - 1], patchSamples)
  return shapes
}
