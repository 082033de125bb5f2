/**
 * Parts of a signal with what surrounds them. What depends on a signal only up to some distance can be computed part by
 * part, in the memory of one, and equals a computation on the whole.
 */

export type SignalPart<Samples extends ArrayLike<number> = Float32Array> = {
  /** The samples from number `first`: the part and what surrounds it. */
  readonly samples: Samples
  readonly first: number
  /** The part itself: samples start .. end of the signal. */
  readonly start: number
  readonly end: number
  /** Length of the signal. */
  readonly total: number
}

export function wholeSignal<Samples extends ArrayLike<number>>(samples: Samples): SignalPart<Samples> {
  return { samples, first: 0, start: 0, end: samples.length, total: samples.length }
}

/** The parts [start, end) of `total`, each of `size` but the last, and [from, to), which adds up to `context` on each side. */
export function rangesOf(total: number, size: number, context: number) {
  return Array.from({ length: Math.max(1, Math.ceil(total / size)) }, (_, index) => {
    const [start, end] = [index * size, Math.min(total, (index + 1) * size)]
    return { start, end, from: Math.max(0, start - context), to: Math.min(total, end + context) }
  })
}

/** Parts of `size` samples with `context` samples on each side; the samples are views. An empty signal is one part. */
export function partsOf(samples: Float32Array, size: number, context: number): readonly SignalPart[] {
  const total = samples.length
  return rangesOf(total, size, context).map(({ start, end, from, to }) => ({
    samples: samples.subarray(from, to),
    first: from,
    start,
    end,
    total,
  }))
}
