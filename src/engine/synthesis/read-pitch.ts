/** Estimates the pitch of a whole utterance window by window, in the same windows as the network (windows/chunk-plan.ts). */
import type { MelSpectrogram } from '../../dsp/mel/mel-spectrogram.ts'
import type { PitchTrack } from '../../dsp/signals/pitch-track.ts'
import { type ChunkLimits, planChunks } from './windows/chunk-plan.ts'

export type PulsesBetween<Signal> = (first: number, end: number) => Signal

/** A pitch network that is evaluated one window at a time. */
export type WindowPitch<Signal> = {
  readonly haloFrames: number
  /** mel [frames * bands] -> one value per frame. */
  track(mel: Float32Array): Promise<PitchTrack>
  /** Returns a function that makes samples first .. end of the pulses of the whole utterance; a new signal. */
  pulses(track: PitchTrack): PulsesBetween<Signal>
  /** Returns the network's input: noise [frames * hop] mixed with the pulses of the track, of unit variance. */
  mixed(noise: Signal, track: PitchTrack, pulses: Signal): Signal
}

export type PitchOptions = Omit<ChunkLimits, 'haloFrames'> & {
  /** Awaited before each window; if it rejects, so does the caller. */
  readonly betweenWindows: () => Promise<void>
}

/** Returns one value per frame of `mel`. */
export async function readPitch(
  pitch: Pick<WindowPitch<unknown>, 'haloFrames' | 'track'>,
  mel: MelSpectrogram,
  { betweenWindows, ...limits }: PitchOptions,
): Promise<PitchTrack> {
  const { haloFrames } = pitch
  const { windowFrames, chunks } = planChunks(mel.frames, { ...limits, haloFrames })
  const f0Hz = new Float32Array(mel.frames)
  const voicing = new Float32Array(mel.frames)
  for (const { windowStart, start, end } of chunks) {
    await betweenWindows()
    const window = mel.values.subarray(windowStart * mel.bands, (windowStart + windowFrames) * mel.bands)
    const seen = await pitch.track(window)
    f0Hz.set(seen.f0Hz.subarray(start - windowStart, end - windowStart), start)
    voicing.set(seen.voicing.subarray(start - windowStart, end - windowStart), start)
  }
  return { f0Hz, voicing }
}
