/**
 * Evaluates a model in training on the held-out speech, always with the same noise: figures to choose the best step,
 * and a clip to listen to. The process runs once; its result is shaped with the prior's corrections, as deployed, and
 * without them, because they leave the network little influence on the mel.
 */

import { letMessagesIn } from '../../../base/cancellation.ts'
import { noCorrections } from '../../../base/mel-corrections.ts'
import { melSpectrogram } from '../../../dsp/mel/mel.ts'
import type { MelSpectrogram } from '../../../dsp/mel/mel-spectrogram.ts'
import { resolutions } from '../../../dsp/spectra/stft-resolutions.ts'
import { melError } from '../../../metrics/mel-error.ts'
import { resolutionDistance } from '../../../metrics/spectral-figures.ts'
import type { ModelConfig } from '../../../model/config.ts'
import { shapeByPrior, withCorrections } from '../../../model/prior/prior.ts'
import type { Vocoder } from '../../../model/vocoder.ts'
import type { WebGpuDevice } from '../../backends/webgpu-device.ts'
import { type SynthesisOptions, synthesize } from '../../synthesis/synthesis.ts'
import { windowNetwork } from '../../synthesis/windows/window-evaluator.ts'
import type { WindowNetwork } from '../../synthesis/windows/window-network.ts'
import type { SpeechClip } from '../speech/speech-clips.ts'
import type { HeldOutFigures, TrainingClip } from '../training-engine.ts'

export type Validation = { readonly figures: HeldOutFigures; readonly clip: TrainingClip }

export type ValidationOptions = Pick<SynthesisOptions, 'chunkFrames'> & {
  readonly betas: readonly number[]
  readonly gpu: WebGpuDevice | undefined
}

const maxSeconds = 6
/** The same before and after training, and independent of the session's seed. */
const seed = 1

type Piece = { readonly samples: Float32Array<ArrayBuffer>; readonly mel: MelSpectrogram }

/** Whole hops of the held-out clips, at most 6 s in total. */
export class ValidationSet {
  readonly #config: ModelConfig
  readonly #pieces: readonly Piece[]

  /** `clips` are at the model's rate and at least one hop in total. */
  constructor(clips: readonly SpeechClip[], config: ModelConfig) {
    this.#config = config
    const { hopSamples, sampleRateHz } = config.mel
    let framesLeft = Math.floor((maxSeconds * sampleRateHz) / hopSamples)
    this.#pieces = clips.flatMap(({ samples }) => {
      const frames = Math.min(framesLeft, Math.floor(samples.length / hopSamples))
      framesLeft -= frames
      if (frames === 0) return []
      const piece = samples.slice(0, frames * hopSamples)
      return [{ samples: piece, mel: melSpectrogram(piece, config.mel) }]
    })
  }

  get seconds(): number {
    const { hopSamples, sampleRateHz } = this.#config.mel
    return (this.#frames * hopSamples) / sampleRateHz
  }

  get #frames(): number {
    return this.#pieces.reduce((sum, { mel }) => sum + mel.frames, 0)
  }

  /** The recording that snapshots should resemble. */
  get clip(): TrainingClip {
    return this.#asClip('held out', this.#pieces[0].samples.slice())
  }

  /** Rejects as `synthesize` does, with `output-invalid` if the model has diverged. The caller keeps `model`. */
  async validate(model: Vocoder, name: string, options: ValidationOptions): Promise<Validation> {
    const { betas, gpu, ...limits } = options
    const sums = { networkMelErrorNats: 0, melErrorNats: 0, stftError: 0 }
    let clip: TrainingClip | undefined
    for (const { samples, mel } of this.#pieces) {
      const network = windowNetwork(model, gpu)
      let uncorrected = new Float32Array()
      const both: WindowNetwork = {
        ...network,
        waveform: async (process, ...rest) => {
          uncorrected = await shapeByPrior(process, mel, withCorrections(this.#config, noCorrections))
          return network.waveform(process, ...rest)
        },
      }
      const deployed = await synthesize(both, { mel, betas, seed }, limits)
      clip ??= this.#asClip(name, deployed)
      const share = mel.frames / this.#frames
      sums.networkMelErrorNats += share * melError(mel, uncorrected, this.#config.mel)
      sums.melErrorNats += share * melError(mel, deployed, this.#config.mel)
      sums.stftError += share * (await stftError(samples, deployed))
    }
    if (!clip) throw new Error('No speech was held out')
    return { figures: sums, clip }
  }

  #asClip(name: string, samples: Float32Array<ArrayBuffer>): TrainingClip {
    return { name, samples, sampleRateHz: this.#config.mel.sampleRateHz }
  }
}

/** The scorer's distance for aligned signals: the mean over its resolutions, without level matching. */
async function stftError(reference: Float32Array, output: Float32Array): Promise<number> {
  const [a, b] = [Float64Array.from(reference), Float64Array.from(output)]
  let sum = 0
  for (const resolution of resolutions) {
    await letMessagesIn()
    sum += resolutionDistance(a, b, resolution)
  }
  return sum / resolutions.length
}
