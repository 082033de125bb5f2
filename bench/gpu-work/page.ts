/** Runs a whole job on WebGPU and lists its programs with their work. bench/gpu-work.mjs calls `globalThis.gpuWork`. */
import * as tf from '@tensorflow/tfjs'
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import { chooseBackend } from '../../src/engine/backends/backends.ts'
import { compileJob } from '../../src/engine/synthesis/compile-job.ts'
import { deviceNetwork } from '../../src/engine/synthesis/device-network.ts'
import { synthesize } from '../../src/engine/synthesis/synthesis.ts'
import { readSafetensors } from '../../src/io/safetensors/safetensors.ts'
import { watchGpu } from '../../src/kernels/testing/gpu-traffic.ts'
import { parseModelConfig } from '../../src/model/config.ts'
import { Vocoder } from '../../src/model/vocoder.ts'
import { floatingPointOperations } from './operations.ts'

/** Every program that ran: its name, and the bytes and operations of one run. */
export type ProgramRun = { readonly name: string; readonly bytes: number; readonly flops: number }

type Job = { readonly model: string; readonly frames: number; readonly steps: number }

/** `model` is the URL of its folder. The mel is irregular, because the work does not depend on its values. */
async function gpuWork({ model: folder, frames, steps }: Job) {
  const { gpu } = await chooseBackend({ backend: 'webgpu' })
  const config = parseModelConfig(await (await fetch(`${folder}/config.json`)).json(), 'config.json')
  const response = await fetch(`${folder}/${config.weights.file}`)
  const weights = new Uint8Array(await response.arrayBuffer())
  const model = Vocoder.create(config, readSafetensors(weights, config.weights.file))
  await compileJob(model)
  const { bands, hopSamples, sampleRateHz } = config.mel
  const values = Float32Array.from({ length: frames * bands }, (_, index) => Math.sin(index / 50) - 5)
  const limits = { chunkFrames: frames }
  const { betas } = config.schedules[steps]
  const run = () =>
    synthesize(
      deviceNetwork(model, gpu, limits),
      { mel: { frames, bands, values }, betas: [...betas], seed: 1 },
      limits,
    )
  const first = watchGpu()
  await run() // keeps tables for this length
  const { compilations } = first.stop()
  const programs: ProgramRun[] = []
  const stop = watchPrograms((program) => programs.push(program))
  const traffic = watchGpu()
  await run()
  stop()
  return {
    programs,
    traffic: { ...traffic.stop(), compilations },
    audioSeconds: (frames * hopSamples) / sampleRateHz,
  }
}

/** Tells each program that tfjs's backend runs, until the returned function is called. */
function watchPrograms(told: (program: ProgramRun) => void): () => void {
  const original = WebGPUBackend.prototype.runWebGPUProgram
  WebGPUBackend.prototype.runWebGPUProgram = function (program, inputs, ...others) {
    // Our own keys end with the widths of vectors; what follows tfjs's names are numbers of operations.
    const name = program.shaderKey.replace(program.shaderKey.startsWith('vocoder') ? /_\d+$/ : /_.*/, '')
    const output = tf.util.sizeFromShape(program.outputShape)
    // A slice reads what it copies; everything else is counted as reading its inputs whole, and once.
    const read =
      name === 'slice' ? output : inputs.reduce((sum, { shape }) => sum + tf.util.sizeFromShape(shape), 0)
    const flops = floatingPointOperations(
      program.shaderKey,
      program.outputShape,
      inputs.map(({ shape }) => shape),
    )
    told({ name, bytes: 4 * (read + output), flops })
    return original.call(this, program, inputs, ...others)
  }
  return () => {
    WebGPUBackend.prototype.runWebGPUProgram = original
  }
}

Object.assign(globalThis, { gpuWork })
