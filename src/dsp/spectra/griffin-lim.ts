/**
 * Speech from a mel without a network, for comparison: the fast Griffin-Lim algorithm (Perraudin, Balazs, Sondergaard,
 * WASPAA 2013), which finds phases that fit the magnitudes by alternating between spectra and signal.
 */

import { freeMemory } from '../../base/free-memory.ts'
import { uniformNoise } from '../../base/random.ts'
import { createYielder, type YieldOptions } from '../../base/yielder.ts'
import { melToMagnitudes } from '../mel/mel-inversion.ts'
import type { MelConvention, MelSpectrogram } from '../mel/mel-spectrogram.ts'
import { type Framing, hopFraming } from './framing.ts'
import { type ComplexSpectrogram, inverseStft, overlapGains, visitSpectra } from './stft.ts'

export type GriffinLimOptions = YieldOptions & {
  /** Unsigned 32-bit integer, for the initial phases. */
  readonly seed: number
  readonly iterations?: number
  /** The longest part that is made at once, 95 s at 22,050 Hz by default. */
  readonly maxFrames?: number
}

/** Acceleration: how far each step overshoots in the direction of the last one. */
const momentum = 0.99

/** Spectra of one part, and the function that refines their phases. */
type Part = {
  readonly spectra: ComplexSpectrogram
  readonly framing: Framing
  /** See `overlapGains`. */
  readonly gains: Float64Array
  refine(): void
}

/** Makes parts of at most `maxFrames`, one after the other, in arrays that it keeps until they are freed. */
function partMaker(convention: MelConvention, maxFrames: number) {
  const framing = hopFraming(convention)
  const bins = convention.fftSize / 2 + 1
  const magnitudeRoom = new Float32Array(maxFrames * bins)
  const spectraRoom = new Float32Array(2 * maxFrames * bins)
  const previousRoom = new Float32Array(2 * maxFrames * bins)
  const signalRoom = new Float32Array(maxFrames * convention.hopSamples)
  const gainsRoom = new Float64Array(maxFrames * convention.hopSamples)
  const make = (mel: MelSpectrogram, noise: { readonly seed: number; readonly part: number }): Part => {
    const { frames } = mel
    const samples = frames * convention.hopSamples
    const magnitudes = melToMagnitudes(mel, convention, magnitudeRoom.subarray(0, frames * bins))
    const spectra = { frames, bins, values: spectraRoom.subarray(0, 2 * frames * bins) }
    randomizePhases(spectra, magnitudes, noise)
    const previous = previousRoom.subarray(0, 2 * frames * bins).fill(0)
    const signal = signalRoom.subarray(0, samples)
    const gains = overlapGains(framing, frames, gainsRoom.subarray(0, samples))
    const refine = () => refinePhases(spectra, magnitudes, previous, { framing, gains, signal })
    return { spectra, framing, gains, refine }
  }
  const rooms = [magnitudeRoom, spectraRoom, previousRoom, signalRoom, gainsRoom]
  return { make, free: () => freeMemory(rooms.map(({ buffer }) => buffer)) }
}

/** Sets `spectra` to the magnitudes with random phases. */
function randomizePhases(
  { values, frames, bins }: ComplexSpectrogram,
  magnitudes: Float32Array,
  { seed, part }: { readonly seed: number; readonly part: number },
): void {
  for (let frame = 0; frame < frames; frame++) {
    const row = frame * bins
    const turns = uniformNoise(seed, part, row, bins)
    for (let bin = 0; bin < bins; bin++) {
      const at = row + bin
      values[2 * at] = magnitudes[at] * Math.cos(2 * Math.PI * turns[bin])
      values[2 * at + 1] = magnitudes[at] * Math.sin(2 * Math.PI * turns[bin])
    }
  }
}

type Inversion = {
  readonly framing: Framing
  readonly gains: Float64Array
  /** Receives the inverse transform. */
  readonly signal: Float32Array
}

/**
 * Replaces the phases of `spectra` by those of their inverse transform, extrapolated from `previous`, the spectra of
 * the previous iteration's signal, which are overwritten by the current ones.
 */
function refinePhases(
  spectra: ComplexSpectrogram,
  magnitudes: Float32Array,
  previous: Float32Array,
  { framing, gains, signal }: Inversion,
): void {
  const { values, bins } = spectra
  const recoil = momentum / (1 + momentum)
  inverseStft(spectra, framing, signal, gains)
  visitSpectra(signal, framing, (spectrum, frame) => {
    const row = frame * bins
    for (let bin = 0; bin < bins; bin++) {
      const at = 2 * (row + bin)
      const re = spectrum[2 * bin] - recoil * previous[at]
      const im = spectrum[2 * bin + 1] - recoil * previous[at + 1]
      const scale = magnitudes[row + bin] / (Math.sqrt(re * re + im * im) + 1e-16)
      values[at] = re * scale
      values[at + 1] = im * scale
      previous[at] = spectrum[2 * bin]
      previous[at + 1] = spectrum[2 * bin + 1]
    }
  })
}

/**
 * Returns a signal of frames * hop samples whose mel in `convention` approximates `mel`; deterministic for a seed.
 * Nominally in [-1, 1], not clipped. 60 iterations by default. A mel of more than `maxFrames` is made in parts that meet
 * where it is quietest, in the memory of the longest. Rejects with an AbortError within one iteration.
 */
export async function griffinLim(
  mel: MelSpectrogram,
  convention: MelConvention,
  { seed, iterations = 60, maxFrames = 8192, ...paceOptions }: GriffinLimOptions,
): Promise<Float32Array<ArrayBuffer>> {
  const yieldAt = createYielder(paceOptions)
  const { bands, frames } = mel
  const { hopSamples } = convention
  const samples = new Float32Array(frames * hopSamples)
  const parts = quietParts(mel, maxFrames)
  const maker = partMaker(convention, Math.max(0, ...parts.map(([start, end]) => end - start)))
  try {
    for (const [part, [start, end]] of parts.entries()) {
      const partMel = { frames: end - start, bands, values: mel.values.subarray(start * bands, end * bands) }
      const { spectra, framing, gains, refine } = maker.make(partMel, { seed, part })
      for (let iteration = 0; iteration < iterations; iteration++) {
        await yieldAt((start + ((end - start) * iteration) / iterations) / frames)
        refine()
      }
      inverseStft(spectra, framing, samples.subarray(start * hopSamples, end * hopSamples), gains)
    }
  } finally {
    maker.free()
  }
  await yieldAt(1)
  return samples
}

/** The quietest frame is searched in this last share of the longest possible part. */
const searchedShare = 0.25

/** Parts [start, end) of at most `maxFrames` frames; each but the last ends at the quietest frame of its last quarter. */
function quietParts(
  { frames, bands, values }: MelSpectrogram,
  maxFrames: number,
): [start: number, end: number][] {
  const parts: [number, number][] = []
  for (let start = 0; start < frames; ) {
    let end = Math.min(frames, start + maxFrames)
    if (end < frames) {
      const from = end - Math.floor(searchedShare * maxFrames)
      const levels = Array.from({ length: end - from }, (_, index) =>
        values
          .subarray((from + index) * bands, (from + index + 1) * bands)
          .reduce((sum, value) => sum + value, 0),
      )
      end = from + levels.indexOf(Math.min(...levels)) + 1
    }
    parts.push([start, end])
    start = end
  }
  return parts
}
