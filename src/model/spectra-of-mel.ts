/**
 * The prior and the mel in differentiable tensors, for the infer loss on the network's output. Tests compare them with
 * the versions in plain numbers: prior.ts, without its corrections, and dsp/mel.ts.
 */
import * as tf from '@tensorflow/tfjs'
import type { MelSpectrogram } from '../dsp/mel-spectrogram.ts'
import { hopFraming } from '../dsp/stft.ts'
import { Stft } from '../kernels/stft.ts'
import type { ModelConfig } from './config.ts'
import { energyEnvelope } from './energy-prior.ts'
import { LogMel } from './log-mel.ts'
import { spectralSettings } from './prior.ts'
import { spectralGains } from './spectral-prior.ts'

export class SpectraOfMel {
  readonly #config: ModelConfig
  /** In the mel's framing, which the spectral prior shares. */
  readonly #stft: Stft
  readonly #logMel: LogMel

  /** Holds tensors until `dispose`. */
  constructor(config: ModelConfig) {
    const { mel } = config
    this.#config = config
    this.#stft = new Stft(hopFraming(mel))
    this.#logMel = new LogMel(mel)
  }

  /**
   * y_0 of the process [batch, frames * hop] -> waveform [batch, frames * hop], not clipped, without the prior's
   * corrections; one mel per batch item. Differentiable in the process. The caller disposes.
   */
  shape(process: tf.Tensor2D, mels: readonly MelSpectrogram[]): tf.Tensor2D {
    const { prior, priorFloor, mel: convention } = this.#config
    switch (prior) {
      case 'standard':
        return process.clone()
      case 'energy':
        return tf.tidy(() => {
          const envelopes = mels.map((mel) => energyEnvelope(mel, convention, priorFloor))
          return process.mul<tf.Tensor2D>(tf.tensor2d(joined(envelopes), process.shape))
        })
      case 'spectral':
        return tf.tidy(() => {
          const { re, im } = this.#stft.spectra(process)
          const gains = tf.tensor2d(joined(mels.map((mel) => this.#gains(mel))), re.shape)
          return this.#stft.signal({ re: re.mul(gains), im: im.mul(gains) }, process.shape[1])
        })
    }
  }

  /**
   * Audio [batch, frames * hop] in [-1, 1] -> its log-mel, [batch, frames, bands]. Differentiable. The caller disposes.
   */
  logMel(audio: tf.Tensor2D): tf.Tensor3D {
    const { bands, hopSamples } = this.#config.mel
    const [batch, samples] = audio.shape
    return tf.tidy(() =>
      this.#logMel.of(this.#stft.spectra(audio)).reshape<tf.Tensor3D>([batch, samples / hopSamples, bands]),
    )
  }

  dispose(): void {
    this.#stft.dispose()
    this.#logMel.dispose()
  }

  /** The spectral prior's gains, [frames, bins]. */
  #gains(mel: MelSpectrogram): Float32Array {
    const { bins } = this.#stft
    const gainsOf = spectralGains(mel, this.#config.mel, spectralSettings(this.#config))
    const gains = new Float32Array(mel.frames * bins)
    for (let frame = 0; frame < mel.frames; frame++) gains.set(gainsOf(frame), frame * bins)
    return gains
  }
}

/** Concatenates arrays of equal length. */
function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.length * parts[0].length)
  for (const [index, part] of parts.entries()) whole.set(part, index * part.length)
  return whole
}
