/**
 * Speech from a mel without a network, for comparison: the fast Griffin-Lim algorithm (Perraudin, Balazs, Sondergaard,
 * WASPAA 2013), which finds phases that fit the magnitudes by alternating between spectra and signal.
 */

import { uniformNoise } from '../base/random.ts'
import { createYielder, type YieldOptions } from '../base/yielder.ts'
import { melToMagnitudes } from './mel-inversion.ts'
import type { MelConvention, MelSpectrogram } from './mel-spectrogram.ts'
import {
  type ComplexSpectrogram,
  type Framing,
  hopFraming,
  inverseStft,
  overlapGains,
  visitSpectra,
} from './stft.ts'

export type GriffinLimOptions = YieldOptions & {
  /** Unsigned 32-bit integer, for the initial phases. */
  readonly seed: number
  readonly iterations?: number
  /** The longest part that is made at once, 95 s at 22,050 Hz by default. */
  readonly maxFrames?: number
}

/** Acceleration: how far each step overshoots in the direction of the last one. */
const momentum = 0.99

function withRandomPhases(
  magnitudes: Float32Array,
  bins: number,
  { seed, part }: { readonly seed: number; readonly part: number },
): ComplexSpectrogram {
  const turns = uniformNoise(seed, part, 0, magnitudes.length)
  const values = new Float32Array(2 * magnitudes.length)
  for (let index = 0; index < magnitudes.length; index++) {
    values[2 * index] = magnitudes[index] * Math.cos(2 * Math.PI * turns[index])
    values[2 * index + 1] = magnitudes[index] * Math.sin(2 * Math.PI * turns[index])
  }
  return { frames: magnitudes.length / bins, bins, values }
}

/**
 * Replaces the phases of `spectra` by those of their inverse transform, extrapolated from `previous`, the spectra of
 * the previous iteration's signal, which are overwritten by the current ones.
 */
function refinePhases(
  spectra: ComplexSpectrogram,
  magnitudes: Float32Array,
  previous: Float32Array,
  framing: Framing,
  gains: Float64Array,
): void {
  const { values, bins, frames } = spectra
  const recoil = momentum / (1 + momentum)
  const signal = inverseStft(spectra, framing, frames * framing.hopSamples, gains)
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
 * where it is quietest, so that its spectra need no more memory than those of one part. Rejects with an AbortError within
 * one iteration.
 */
export async function griffinLim(
  mel: MelSpectrogram,
  convention: MelConvention,
  { seed, iterations = 60, maxFrames = 8192, ...paceOptions }: GriffinLimOptions,
): Promise<Float32Array<ArrayBuffer>> {
  const yieldAt = createYielder(paceOptions)
  const samples = new Float32Array(mel.frames * convention.hopSamples)
  for (const [part, [start, end]] of quietParts(mel, maxFrames).entries()) {
    const values = mel.values.subarray(start * mel.bands, end * mel.bands)
    const { spectra, framing, gains, refine } = createPart(
      { frames: end - start, bands: mel.bands, values },
      convention,
      { seed, part },
    )
    for (let iteration = 0; iteration < iterations; iteration++) {
      await yieldAt((start + ((end - start) * iteration) / iterations) / mel.frames)
      refine()
    }
    const length = (end - start) * convention.hopSamples
    samples.set(inverseStft(spectra, framing, length, gains), start * convention.hopSamples)
  }
  await yieldAt(1)
  return samples
}

/** Spectra with random phases, and the function that refines them. */
function createPart(mel: MelSpectrogram, convention: MelConvention, noise: { seed: number; part: number }) {
  const framing = hopFraming(convention)
  const magnitudes = melToMagnitudes(mel, convention)
  const spectra = withRandomPhases(magnitudes, convention.fftSize / 2 + 1, noise)
  const previous = new Float32Array(spectra.values.length)
  const gains = overlapGains(framing, mel.frames, mel.frames * convention.hopSamples)
  return {
    spectra,
    framing,
    gains,
    refine: () => refinePhases(spectra, magnitudes, previous, framing, gains),
  }
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
