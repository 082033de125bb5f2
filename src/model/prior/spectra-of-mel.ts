/**
 * The prior and the mel in differentiable tensors, for the infer loss on the network's output and for synthesis on a
 * GPU. Tests compare them with the versions in plain numbers: prior.ts and dsp/mel/mel.ts.
 */
import * as tf from '@tensorflow/tfjs'
import type { MelCorrections } from '../../base/mel-corrections.ts'
import type { MelSpectrogram } from '../../dsp/mel/mel-spectrogram.ts'
import { hopFraming } from '../../dsp/spectra/framing.ts'
import { type Spectra, Stft } from '../../kernels/frames/stft.ts'
import type { ModelConfig } from '../config.ts'
import { energyEnvelope } from './energy-prior.ts'
import { LogMel } from './log-mel.ts'
import { PriorGains } from './prior-gains.ts'
import { maxLnCorrection } from './spectral-prior.ts'

export class SpectraOfMel {
  readonly #config: ModelConfig
  /** Their framing is that of the mel, which the spectral prior shares. */
  readonly #stft: Stft
  readonly #logMel: LogMel
  readonly #gains: PriorGains

  /** Holds tensors until `dispose`. */
  constructor(config: ModelConfig) {
    const { mel } = config
    this.#config = config
    this.#stft = new Stft(hopFraming(mel))
    this.#logMel = new LogMel(mel)
    this.#gains = new PriorGains(config)
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
        return tf.tidy(() => this.#filtered(process, () => this.#gains.of(this.#lnMel(mels))))
    }
  }

  /**
   * The corrections of the spectral prior: waveform [batch, frames * hop] from `shape` -> [batch, frames * hop], not
   * clipped. The caller disposes.
   */
  correct(
    waveform: tf.Tensor2D,
    mels: readonly MelSpectrogram[],
    { count, momentum }: MelCorrections,
  ): tf.Tensor2D {
    if (this.#config.prior !== 'spectral') return waveform.clone()
    return tf.tidy(() => {
      const asked = this.#lnMel(mels)
      let before = waveform
      let now = waveform
      for (let correction = 0; correction < count; correction++) {
        const ahead: tf.Tensor2D = now.add(now.sub(before).mul(momentum))
        before = now
        now = tf.tidy(() => this.#filtered(ahead, (own) => this.#correctingGains(asked, own)))
      }
      return now.clone()
    })
  }

  /** Gains of one correction, [n, bins], for ln of the requested mel, [n, bands], and given spectra. */
  #correctingGains(asked: tf.Tensor2D, spectra: Spectra): tf.Tensor2D {
    const { bands } = this.#config.mel
    const own = this.#gains.lnMel(this.#logMel.of(spectra).reshape<tf.Tensor3D>([1, -1, bands]))
    const ln = this.#gains.hats.times(asked.sub<tf.Tensor2D>(own))
    // Twice negated and limited from below: the page ships no kernel of tfjs for limits on both sides.
    const limited = (value: tf.Tensor2D) => value.neg<tf.Tensor2D>().maximum<tf.Tensor2D>(-maxLnCorrection)
    return limited(limited(ln)).exp()
  }

  #filtered(signal: tf.Tensor2D, gainsOf: (spectra: Spectra) => tf.Tensor2D): tf.Tensor2D {
    const spectra = this.#stft.spectra(signal)
    return this.#stft.signal(spectra, signal.shape[1], gainsOf(spectra))
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
    this.#gains.dispose()
  }

  /** ln of the mels, [batch * frames, bands]. */
  #lnMel(mels: readonly MelSpectrogram[]): tf.Tensor2D {
    const shape: [number, number, number] = [mels.length, mels[0].frames, this.#config.mel.bands]
    return this.#gains.lnMel(tf.tensor3d(joined(mels.map(({ values }) => values)), shape))
  }
}

/** Concatenates arrays of equal length. */
function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.length * parts[0].length)
  for (const [index, part] of parts.entries()) whole.set(part, index * part.length)
  return whole
}
