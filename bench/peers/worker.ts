/**
 * Our engine and onnxruntime-web in one worker, so that both can be measured in turns. Each evaluates the same network
 * on the same input, from plain numbers to plain numbers.
 */
import * as tf from '@tensorflow/tfjs'
import type { InferenceSession, TypedTensor } from 'onnxruntime-web'
import ortWebGpuWasm from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url'
import ortWasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url'
import { chooseBackend } from '../../src/engine/backends/backends.ts'
import { wasmPaths } from '../../src/engine/backends/wasm-binaries.ts'
import { windowNetwork } from '../../src/engine/synthesis/windows/window-evaluator.ts'
import { readSafetensors } from '../../src/io/safetensors/safetensors.ts'
import { parseModelConfig } from '../../src/model/config.ts'
import { Vocoder } from '../../src/model/vocoder.ts'

type Setting = { readonly backend: 'wasm' | 'webgpu'; readonly threads: number }
type System = 'ours' | 'onnxruntime-web'
type Evaluate = () => Promise<Float32Array>

let evaluations: Record<System, Evaluate> | undefined

const calls = {
  /**
   * Starts both systems. `files` is the URL of a folder with evaluation.onnx, evaluation.safetensors and the model.
   * Returns a description of our backend, the length of the audio, and the largest differences of the outputs, relative
   * to the maximum of PyTorch's.
   */
  async start({ files, ...setting }: Setting & { readonly files: string }) {
    const example = readSafetensors(
      await bytesOf(`${files}/evaluation.safetensors`),
      'evaluation.safetensors',
    )
    const valuesOf = (name: string) => {
      const tensor = example.get(name)
      if (!tensor) throw new Error(`evaluation.safetensors has no ${name}`)
      return tensor
    }
    const ours = await startOurs(setting, files, (name) => valuesOf(name).values)
    const peer = await startPeer(setting, files, valuesOf)
    evaluations = { ours: ours.evaluate, 'onnxruntime-web': peer }
    const [expected, own, theirs] = [valuesOf('output').values, await ours.evaluate(), await peer()]
    return {
      backend: ours.backend,
      software: ours.software,
      audioSeconds: expected.length / ours.sampleRateHz,
      differences: {
        'ours from PyTorch': difference(own, expected),
        'onnxruntime-web from PyTorch': difference(theirs, expected),
        'onnxruntime-web from ours': difference(theirs, own),
      },
    }
  },

  /** Returns the seconds that `times` evaluations take by the clock. */
  async evaluate({ system, times }: { readonly system: System; readonly times: number }) {
    if (!evaluations) throw new Error('Call start first')
    const begun = performance.now()
    for (let time = 0; time < times; time++) await evaluations[system]()
    return (performance.now() - begun) / 1000
  },
}

export type PeerCalls = typeof calls

async function startOurs(
  { backend, threads }: Setting,
  files: string,
  valuesOf: (name: string) => Float32Array,
) {
  if (threads === 1) tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
  // Our engine takes half of the reported cores, or both of two.
  Object.defineProperty(navigator, 'hardwareConcurrency', { value: 2 * threads, configurable: true })
  const { report, gpu } = await chooseBackend({ backend, wasmPaths })
  const config = parseModelConfig(await (await fetch(`${files}/model/config.json`)).json(), 'config.json')
  const weights = await bytesOf(`${files}/model/${config.weights.file}`)
  const network = windowNetwork(Vocoder.create(config, readSafetensors(weights, config.weights.file)), gpu)
  const [level] = valuesOf('level')
  return {
    backend: report.detail,
    software: report.software,
    sampleRateHz: config.mel.sampleRateHz,
    evaluate: () => network.evaluate(valuesOf('mel'), valuesOf('y'), level, valuesOf('pulses')),
  }
}

async function startPeer(
  { backend, threads }: Setting,
  files: string,
  tensorOf: (name: string) => { readonly shape: readonly number[]; readonly values: Float32Array },
): Promise<Evaluate> {
  // The build for WebGPU is slower on wasm, because all of it can be suspended.
  const ort = await (backend === 'wasm' ? import('onnxruntime-web/wasm') : import('onnxruntime-web/webgpu'))
  ort.env.wasm.wasmPaths = { wasm: backend === 'wasm' ? ortWasm : ortWebGpuWasm }
  ort.env.wasm.numThreads = threads
  const session = await ort.InferenceSession.create(`${files}/evaluation.onnx`, {
    executionProviders: [backend],
    // Threads that spin while they wait would count as processor time.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  })
  const [output] = session.outputNames
  return async () => {
    const feeds: Record<string, TypedTensor<'float32'>> = {}
    for (const name of session.inputNames) {
      const { values, shape } = tensorOf(name)
      feeds[name] = new ort.Tensor('float32', values, shape)
    }
    const results: InferenceSession.ReturnType = await session.run(feeds)
    const values = await results[output].getData()
    if (!(values instanceof Float32Array)) throw new Error('The output is not float32')
    return values
  }
}

/** The largest difference of two outputs, relative to the maximum of the second. */
function difference(output: Float32Array, expected: Float32Array): number {
  if (output.length !== expected.length) throw new Error(`${output.length} samples, not ${expected.length}`)
  let [largest, maximum] = [0, 0]
  for (const [index, value] of expected.entries()) {
    largest = Math.max(largest, Math.abs(output[index] - value))
    maximum = Math.max(maximum, Math.abs(value))
    if (Number.isNaN(output[index])) return Number.NaN
  }
  return largest / maximum
}

async function bytesOf(url: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`)
  return new Uint8Array(await response.arrayBuffer())
}

addEventListener('message', async ({ data: { name, argument } }) => {
  try {
    const run = calls[name as keyof PeerCalls] as (given: unknown) => Promise<unknown>
    postMessage({ result: await run(argument) })
  } catch (thrown) {
    postMessage({ error: thrown instanceof Error ? thrown.message : String(thrown) })
  }
})
