/** The control: the input of the network shaped by the prior, without any evaluation. */
import { letMessagesIn, throwIfCancelled } from '../../base/cancellation.ts'
import type { ControlRequest } from '../vocoder-engine.ts'
import { checkMel, checkSeed } from './checks/check-request.ts'
import { checkWaveform } from './checks/check-waveform.ts'
import { readInput } from './network-input.ts'
import type { SynthesisOptions } from './synthesis.ts'
import type { WindowNetwork } from './windows/window-network.ts'

/** The stream of the initial noise of a one-step process: without a schedule, this one is used. */
const controlStream = 1

type ControlInput = Pick<ControlRequest, 'mel' | 'seed'>

/**
 * Returns the waveform, [frames * hop], in [-1, 1]. It depends on the seed, not on a schedule. Rejects as `synthesize`
 * does.
 */
export async function synthesizeWithoutNetwork<Signal>(
  network: WindowNetwork<Signal>,
  request: ControlInput,
  options: SynthesisOptions,
): Promise<Float32Array<ArrayBuffer>> {
  try {
    return await shapeInput(network, request, options)
  } finally {
    network.endJob?.()
  }
}

async function shapeInput<Signal>(
  network: WindowNetwork<Signal>,
  { mel, seed }: ControlInput,
  { signal, onProgress, ...limits }: SynthesisOptions,
): Promise<Float32Array<ArrayBuffer>> {
  checkMel(network, mel)
  checkSeed(seed)
  const pause = async () => {
    await letMessagesIn()
    throwIfCancelled(signal)
  }
  await pause()
  const noise = network.signals.noise(seed, controlStream, 0, mel.frames * network.hopSamples)
  const input = await readInput(network, mel, { ...limits, betweenWindows: pause })
  const waveform = await network.waveform(input.withNoise(noise), mel, {
    betweenPasses: pause,
    ...(input.voicing && { voicing: input.voicing }),
  })
  checkWaveform(waveform, mel)
  onProgress?.({ step: 0, steps: 0, fraction: 1 })
  return waveform
}
