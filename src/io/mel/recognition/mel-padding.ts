/** Finds constant frames at the ends of a mel: the padding that gives all mels of a batch the same length. */
import type { MelSpectrogram } from '../../../dsp/mel/mel-spectrogram.ts'
import type { FrameCut } from '../mel-reading.ts'

/** Fewer constant frames are chance, or too few to mention. */
const minFrames = 3

/**
 * Frames at the beginning and the end whose values are all one number. Frames at the lowest value of the mel are
 * silence, not padding. Undefined if there is none, or if nothing else would be left.
 */
export function findPadding({ frames, bands, values }: MelSpectrogram): FrameCut | undefined {
  const constantOf = (frame: number): number | undefined => {
    const first = values[frame * bands]
    for (let band = 1; band < bands; band++) if (values[frame * bands + band] !== first) return undefined
    return first
  }
  const runFrom = (start: number, step: 1 | -1) => {
    const constant = constantOf(start)
    let length = 0
    while (length < frames && constant !== undefined && constantOf(start + step * length) === constant)
      length++
    return { constant: constant ?? 0, length }
  }
  const [head, tail] = [runFrom(0, 1), runFrom(frames - 1, -1)]
  if (head.length === frames) return undefined
  const inner = values.subarray(head.length * bands, (frames - tail.length) * bands)
  const lowest = inner.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY)
  const isPadding = ({ constant, length }: typeof head) => length >= minFrames && constant > lowest
  const cut = { head: isPadding(head) ? head.length : 0, tail: isPadding(tail) ? tail.length : 0 }
  return cut.head + cut.tail > 0 ? cut : undefined
}

/** Returns the frames between the padding; the values are shared. */
export function withoutPadding(mel: MelSpectrogram, { head, tail }: FrameCut): MelSpectrogram {
  const { frames, bands, values } = mel
  return {
    frames: frames - head - tail,
    bands,
    values: values.subarray(head * bands, (frames - tail) * bands),
  }
}
