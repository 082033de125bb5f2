import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import type { SafeTensor } from '../io/safetensors/safetensors.ts'
import { useCpu } from '../kernels/testing/backends.ts'
import { readFixture, readShippedConfig, readTinyConfig } from './testing/fixtures.ts'
import { weightShapes } from './weight-layout.ts'
import { disposeWeights, downloadWeights, uploadWeights } from './weights.ts'

beforeAll(useCpu)

test('a shipped model has the parameter count of its configuration', async () => {
  const config = await readShippedConfig('wavegrad-small')
  const shapes = [...weightShapes(config).values()]
  const numbers = shapes.reduce((sum, shape) => sum + shape.reduce((product, size) => product * size, 1), 0)
  expect(numbers).toBe(config.weights.parameters)
})

test('a filter is transposed from [outputs, inputs, taps] to [taps, inputs, outputs]', async () => {
  const file = await readFixture('energy-v.weights')
  const weights = uploadWeights(await readTinyConfig('energy-v'), file)
  const given = file.get('up.1.conv.0.weight')
  const [outputs, inputs, taps] = given?.shape ?? []
  const filter = weights.get('up.1.conv.0.weight')
  expect(filter?.shape).toEqual([taps, inputs, outputs])
  const [tap, input, output] = [2, 3, 5]
  const values = await filter?.data()
  expect(values?.[(tap * inputs + input) * outputs + output]).toBe(
    given?.values[(output * inputs + input) * taps + tap],
  )
  for (const [name, { values: stored }] of await downloadWeights(weights))
    expect(stored, name).toEqual(file.get(name)?.values)
  disposeWeights(weights)
})

async function refusal(change: (tensors: Map<string, SafeTensor>) => void) {
  const tensors = new Map(await readFixture('energy-v.weights'))
  change(tensors)
  const config = await readTinyConfig('energy-v')
  const before = tf.memory().numTensors
  try {
    uploadWeights(config, tensors)
  } catch (thrown) {
    expect(tf.memory().numTensors).toBe(before)
    return thrown
  }
  throw new Error('It was not refused')
}

test('a matrix in 8 bits is its integers times the scale of each row', async () => {
  const file = new Map(await readFixture('energy-v.weights'))
  const name = 'last_conv.weight'
  const outputs = 1
  file.set(name, {
    dtype: 'I8',
    shape: [outputs, 4, 3],
    values: Float32Array.of(...Array(11).fill(-127), 64),
  })
  file.set(`${name}.scale`, { dtype: 'F32', shape: [outputs], values: Float32Array.of(0.25) })
  const weights = uploadWeights(await readTinyConfig('energy-v'), file)
  const { values } = (await downloadWeights(weights)).get(name) ?? {}
  expect(values).toEqual(Float32Array.of(...Array(11).fill(-31.75), 16))
  disposeWeights(weights)
})

test('integers without the scale of each row are refused', async () => {
  const integers = { dtype: 'I8', shape: [1, 4, 3], values: new Float32Array(12) }
  const alone = await refusal((tensors) => tensors.set('last_conv.weight', integers))
  expect(alone).toMatchObject({ problem: { code: 'weights-mismatch', accepted: 'last_conv.weight.scale' } })
  const tooMany = await refusal((tensors) =>
    tensors
      .set('last_conv.weight', integers)
      .set('last_conv.weight.scale', { dtype: 'F32', shape: [2], values: new Float32Array(2) }),
  )
  expect(String(tooMany)).toContain('last_conv.weight.scale')
})

const lastConv = { dtype: 'F32', shape: [1, 4, 3], values: new Float32Array(12) }

test('a missing tensor is named', async () => {
  const thrown = await refusal((tensors) => tensors.delete('film.2.input_conv.bias'))
  expect(thrown).toMatchObject({ problem: { code: 'weights-mismatch' } })
  expect(String(thrown)).toContain('film.2.input_conv.bias')
})

test('a tensor of the wrong shape is named with both shapes', async () => {
  const thrown = await refusal((tensors) =>
    tensors.set('last_conv.weight', { ...lastConv, shape: [1, 3, 4] }),
  )
  expect(thrown).toMatchObject({ problem: { found: '[1, 3, 4]', accepted: '[1, 4, 3]' } })
})

test('a tensor of another model is named', async () => {
  expect(String(await refusal((tensors) => tensors.set('up.9.residual.weight', lastConv)))).toContain(
    'up.9.residual',
  )
})

test.each([
  ['frames', 'energy-v', 'wavegrad'],
  ['energy-v', 'frames', 'frames'],
])('the weights of another architecture are refused by name: %s', async (name, weights, found) => {
  const config = await readTinyConfig(name)
  const tensors = await readFixture(`${weights}.weights`)
  const thrown = await Promise.resolve()
    .then(() => uploadWeights(config, tensors))
    .catch((reason) => reason)
  expect(thrown).toMatchObject({
    problem: { code: 'weights-mismatch', found, accepted: config.architecture, file: config.weights.file },
  })
})

test('weights of a frame network survive a round trip through the file format', async () => {
  const file = await readFixture('frames.weights')
  const weights = uploadWeights(await readTinyConfig('frames'), file)
  expect(weights.get('blocks.0.depthwise.weight')?.shape).toEqual([7, 1, 6])
  expect(await downloadWeights(weights)).toEqual(
    new Map([...file].map(([name, { dtype, shape, values }]) => [name, { dtype, shape, values }])),
  )
  disposeWeights(weights)
})

test('a value that is not finite is found', async () => {
  const values = Float32Array.of(0, 0, 0, 0, 0, Number.NaN, 0, 0, 0, 0, 0, 0)
  const thrown = await refusal((tensors) => tensors.set('last_conv.weight', { ...lastConv, values }))
  expect(String(thrown)).toMatch(/not finite in last_conv\.weight/)
})
