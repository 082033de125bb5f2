/** The shape of the frame network and of its pitch network, from config.json. */
import * as v from 'valibot'
import { odd, positive, whole } from '../../config-numbers.ts'

/** A ConvNeXt block: a depthwise convolution over frames and two products over channels. */
export type BlockShape = {
  readonly channels: number
  /** Channels between the two products. */
  readonly hidden: number
  /** Number of taps of the depthwise convolution, in frames. */
  readonly kernel: number
}

type TrunkShape = BlockShape & { readonly blocks: number }

export type FrameShape = TrunkShape & {
  /** Number of the lowest bins of the excitation's spectrum that the network receives individually. */
  readonly excitationBins: number
  /** Number of cosines that encode the noise level. */
  readonly levelFeatures: number
  /** Values per frame of the envelope of the output; 0 for no envelope. */
  readonly envelopeGains: number
  /** The block that filters the output again, `times` times. */
  readonly refinement?: BlockShape & { readonly times: number }
}

export type PitchShape = TrunkShape & {
  /** Number of pitch bins, evenly spaced in cents from `lowHz` to `highHz`. */
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
    // The defaults equal those of pretrain/speech/pitch_labels.py.
    low_hz: v.optional(positive, 55),
    high_hz: v.optional(positive, 620),
  }),
  v.check((pitch) => pitch.low_hz < pitch.high_hz, 'low_hz must be below high_hz'),
  v.transform(({ low_hz: lowHz, high_hz: highHz, ...rest }): PitchShape => ({ ...rest, lowHz, highHz })),
)
