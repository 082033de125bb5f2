/** The inputs of a network beside the mel: noise, mixed with pulses if the network takes the pitch. */
import type { MelSpectrogram } from '../../dsp/mel/mel-spectrogram.ts'
import { type PitchOptions, type PulsesBetween, readPitch } from './read-pitch.ts'
import type { WindowNetwork } from './windows/window-network.ts'

export type NetworkInput<Signal> = {
  /** Present if the network has a pitch. */
  readonly pulses?: PulsesBetween<Signal>
  /** The voicing of each frame, 0..1; present if the network has a pitch. */
  readonly voicing?: Float32Array
  /** Mixes noise [frames * hop] with any pulses; a new signal. */
  withNoise(noise: Signal): Signal
}

/** Estimates the pitch once for the whole utterance, so that the phase of its pulses does not depend on the chunks. */
export async function readInput<Signal>(
  { signals, pitch }: Pick<WindowNetwork<Signal>, 'signals' | 'pitch'>,
  mel: MelSpectrogram,
  options: PitchOptions,
): Promise<NetworkInput<Signal>> {
  if (!pitch) return { withNoise: (noise) => signals.sum([[1, noise]]) }
  const track = await readPitch(pitch, mel, options)
  const pulses = pitch.pulses(track)
  return {
    pulses,
    voicing: track.voicing,
    withNoise(noise) {
      const whole = pulses(0, signals.length(noise))
      const input = pitch.mixed(noise, track, whole)
      signals.release(whole)
      return input
    },
  }
}
