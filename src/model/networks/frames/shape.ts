/** The shape of the network on Fourier frames, and of the pitch network in it, as config.json has them. */
import * as v from 'valibot'
import { odd, positive, whole } from '../../config-numbers.ts'

/** A ConvNeXt block: a depthwise convolution over frames and two products over channels. */
export type BlockShape = {
  readonly channels: number
  /** Between the two products. */
  readonly hidden: number
  /** Frames that the depthwise convolution sees. */
  readonly kernel: number
}

type TrunkShape = BlockShape & { readonly blocks: number }

export type FrameShape = TrunkShape & {
  /** The lowest bins of the excitation's spectrum that the network sees one by one. */
  readonly excitationBins: number
  /** Cosines that tell the network the noise level. */
  readonly levelFeatures: number
  /** Values per frame of the envelope that the network gives its output; 0: none. */
  readonly envelopeGains: number
  /** One block, by which the output is filtered again so many `times`. */
  readonly refinement?: BlockShape & { readonly times: number }
}

export type PitchShape = TrunkShape & {
  /** Evenly spaced in cents, from `lowHz` to `highHz`. */
  readonly pitches: number
  readonly lowHz: number
  readonly highHz: number
}

const trunk = { channels: whole, hidden: whole, blocks: whole, kernel: odd }

export const frameShapeSchema = v.pipe(
  v.object({
    ...trunk,
    excitation_bins: whole,
    level_features: whole,
    envelope_gains: v.optional(v.union([v.literal(0), whole]), 0),
    refinement: v.optional(v.object({ times: whole, channels: whole, hidden: whole, kernel: odd })),
  }),
  v.transform(
    ({
      excitation_bins: excitationBins,
      level_features: levelFeatures,
      envelope_gains,
      ...rest
    }): FrameShape => ({
      ...rest,
      excitationBins,
      levelFeatures,
      envelopeGains: envelope_gains,
    }),
  ),
)

export const pitchShapeSchema = v.pipe(
  v.object({
    ...trunk,
    pitches: whole,
    // As pretrain/pitch_labels.py has them.
    low_hz: v.optional(positive, 55),
    high_hz: v.optional(positive, 620),
  }),
  v.check((pitch) => pitch.low_hz < pitch.high_hz, 'low_hz must be below high_hz'),
  v.transform(({ low_hz: lowHz, high_hz: highHz, ...rest }): PitchShape => ({ ...rest, lowHz, highHz })),
)
