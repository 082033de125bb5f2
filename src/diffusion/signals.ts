/**
 * The arithmetic that the reverse process needs, wherever its signals are stored: in plain numbers, as here, or on a
 * device.
 */
import { gaussianNoise } from '../base/random.ts'

/** A part of a longer signal, from its sample `start`. */
export type SignalPiece<Signal> = { readonly start: number; readonly signal: Signal }

export type Signals<Signal> = {
  length(signal: Signal): number
  /** Samples first .. end of a signal in consecutive pieces that contain them. */
  cut(pieces: readonly SignalPiece<Signal>[], first: number, end: number): Signal
  /** The sum of signals of one length, each times its factor. */
  sum(terms: readonly (readonly [factor: number, signal: Signal])[]): Signal
  /** `length` samples of the noise of base/random.ts, from sample `first`. */
  noise(seed: number, stream: number, first: number, length: number): Signal
  /** Frees a signal that is not used any more. */
  release(signal: Signal): void
}

/** Signals in plain numbers; `cut` returns a view if one piece contains it all. */
export const plainSignals: Signals<Float32Array> = {
  length: (signal) => signal.length,
  cut(pieces, first, end) {
    const parts = overlapping(plainSignals, pieces, first, end)
    if (parts.length === 1) return parts[0].signal.subarray(parts[0].from, parts[0].to)
    const joined = new Float32Array(end - first)
    for (const { signal, from, to, at } of parts) joined.set(signal.subarray(from, to), at)
    return joined
  },
  sum(terms) {
    const sums = new Float64Array(terms[0][1].length)
    for (const [factor, signal] of terms) for (let t = 0; t < sums.length; t++) sums[t] += factor * signal[t]
    return new Float32Array(sums)
  },
  noise: gaussianNoise,
  release() {},
}

/** The pieces that reach into first .. end: their samples from .. to, which begin at sample `at` of the cut. */
export function overlapping<Signal>(
  { length }: Pick<Signals<Signal>, 'length'>,
  pieces: readonly SignalPiece<Signal>[],
  first: number,
  end: number,
) {
  return pieces.flatMap(({ start, signal }) => {
    const [from, to] = [Math.max(first - start, 0), Math.min(end - start, length(signal))]
    return from < to ? [{ signal, from, to, at: start + from - first }] : []
  })
}
