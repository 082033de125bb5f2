/**
 * Type guards for the arguments of a kernel: tfjs's types allow anything for an attribute and promise less than a
 * Tensor for an input.
 */
import * as tf from '@tensorflow/tfjs'

type Attributes = tf.NamedAttrMap | undefined

/** Returns the attribute as a number. Throws otherwise, which is a defect of the calling op. */
export function numberAttribute(attributes: Attributes, name: string): number {
  const value = attributes?.[name]
  if (typeof value !== 'number') throw new Error(`Kernel attribute ${name} is not a number`)
  return value
}

/** Returns the attribute as an array of numbers. Throws otherwise, which is a defect of the calling op. */
export function numbersAttribute(attributes: Attributes, name: string): number[] {
  const value = attributes?.[name]
  if (!Array.isArray(value)) throw new Error(`Kernel attribute ${name} is not an array`)
  return value.map(Number)
}

/** Returns an input, which is a Tensor whenever the kernel is called through the engine, as ours always are. */
export function tensorInput(inputs: tf.NamedTensorInfoMap, name: string): tf.Tensor {
  const input = optionalTensorInput(inputs, name)
  if (!input) throw new Error(`Kernel input ${name} is missing`)
  return input
}

/** Does the same as `tensorInput` for an optional input. */
export function optionalTensorInput(inputs: tf.NamedTensorInfoMap, name: string): tf.Tensor | undefined {
  const input = inputs[name]
  if (input === undefined || input === null || input instanceof tf.Tensor) return input ?? undefined
  throw new Error(`Kernel input ${name} is not a tensor`)
}

/** The single output gradient of a kernel with one output. */
export function singleGradient(dy: tf.Tensor | tf.Tensor[]): tf.Tensor {
  return Array.isArray(dy) ? dy[0] : dy
}

/** Returns the [batch, time, channels] of an activation. */
export function activationShape(tensor: tf.Tensor): [batch: number, time: number, channels: number] {
  const [batch, time, channels] = tensor.shape
  if (tensor.rank !== 3) throw new Error(`Expected [batch, time, channels], got [${tensor.shape}]`)
  return [batch, time, channels]
}

/** Returns the same tensor, typed as one with three axes. */
export function withThreeAxes(tensor: tf.Tensor): tf.Tensor3D {
  return tensor.as3D(...activationShape(tensor))
}
