/**
 * Mixes several channels down to one. Recorders put a single microphone on one of two channels, or on the centre of
 * six, so channels that are far quieter than the loudest are left out: they would only lower its level.
 */

export type ChannelSource = {
  readonly channels: number
  /** Samples per channel. */
  readonly frames: number
  readonly read: (frame: number, channel: number) => number
}

export type ChannelReport = {
  /** Number of channels of the source. */
  readonly count: number
  /** The channels whose mean is the result, counted from 0. */
  readonly used: readonly number[]
  /** Whether the user may want to choose a channel: they differ much, or one has been chosen. */
  readonly differ: boolean
}

export type MixDown = { readonly samples: Float32Array<ArrayBuffer>; readonly report: ChannelReport }

/** Channels that are quieter than the loudest by more than this, or that cancel so much of it, are left out. */
const maxDifferenceDb = 20
const minEnergyRatio = 10 ** (-maxDifferenceDb / 10)

/** @param chosen the only channel to use, counted from 0; by default the mean of those that carry the recording. */
export function mixDown(source: ChannelSource, chosen?: number): MixDown {
  const { channels: count, read } = source
  const alone = (channel: number, differ: boolean): MixDown => ({
    samples: meanOf(source, [channel]),
    report: { count, used: [channel], differ },
  })
  if (count === 1) return alone(0, false)
  if (chosen !== undefined && chosen < count) return alone(chosen, true)
  const energies = Array.from({ length: count }, (_, channel) => energyOf(source, (at) => read(at, channel)))
  const loudest = energies.indexOf(Math.max(...energies))
  const carries = energies.map((energy) => energy >= minEnergyRatio * energies[loudest])
  const mixed = carries.flatMap((is, channel) => (is ? [channel] : []))
  const samples = meanOf(source, mixed)
  const cancels = energyOf(source, (at) => samples[at]) < minEnergyRatio * energies[loudest]
  if (cancels) return alone(loudest, true)
  return { samples, report: { count, used: mixed, differ: mixed.length < count } }
}

/** The sum of squares; samples that are not finite count as none, and are found by the readers. */
function energyOf({ frames }: ChannelSource, sampleAt: (frame: number) => number): number {
  let energy = 0
  for (let frame = 0; frame < frames; frame++) {
    const sample = sampleAt(frame)
    if (Number.isFinite(sample)) energy += sample * sample
  }
  return energy
}

function meanOf({ frames, read }: ChannelSource, channels: readonly number[]): Float32Array<ArrayBuffer> {
  const mean = new Float32Array(frames)
  if (channels.length === 1) {
    const [channel] = channels
    for (let frame = 0; frame < frames; frame++) mean[frame] = read(frame, channel)
    return mean
  }
  for (let frame = 0; frame < frames; frame++) {
    let sum = 0
    for (const channel of channels) sum += read(frame, channel)
    mean[frame] = sum / channels.length
  }
  return mean
}
