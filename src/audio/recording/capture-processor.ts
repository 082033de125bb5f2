/**
 * Runs on the audio rendering thread and sends the first channel of the microphone to the page, in blocks large enough
 * not to flood its queue and small enough for a level meter.
 */

const blockFrames = 1024

// Globals of the worklet scope, which TypeScript's DOM library lacks.
declare class AudioWorkletProcessor {
  readonly port: MessagePort
}
declare function registerProcessor(
  name: string,
  processor: new () => AudioWorkletProcessor & { process(inputs: Float32Array[][]): boolean },
): void

class CaptureProcessor extends AudioWorkletProcessor {
  #block = new Float32Array(blockFrames)
  #filled = 0

  process([input]: Float32Array[][]): boolean {
    const channel = input?.[0]
    if (!channel) return true
    this.#block.set(channel, this.#filled)
    this.#filled += channel.length
    if (this.#filled >= blockFrames) {
      this.port.postMessage(this.#block, [this.#block.buffer])
      this.#block = new Float32Array(blockFrames)
      this.#filled = 0
    }
    return true
  }
}

registerProcessor('capture', CaptureProcessor)
