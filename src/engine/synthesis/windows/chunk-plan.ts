/**
 * Divides an utterance into windows that the network evaluates one at a time, in constant memory. Every window has the
 * same length and lies inside the utterance, so no padding is needed: the network's own zero padding occurs only at the
 * ends of the utterance, and everywhere else a halo of real neighbours replaces the context. The kept parts therefore
 * equal a pass over the whole.
 */

export type Chunk = {
  /** First frame of the window of `windowFrames` frames. */
  readonly windowStart: number
  /** Frames whose output is kept: [start, end). The kept parts tile the utterance. */
  readonly start: number
  readonly end: number
}

export type ChunkPlan = { readonly windowFrames: number; readonly chunks: readonly Chunk[] }

export type ChunkLimits = {
  /** Maximum number of frames in a window besides its two halos; at least 1. */
  readonly chunkFrames: number
  /** Frames of context on each side that make a frame's output exact. */
  readonly haloFrames: number
}

/** Returns as few windows as the limits allow, each as short as possible. `frames` is at least 1. */
export function planChunks(frames: number, limits: ChunkLimits): ChunkPlan {
  const { chunkFrames, haloFrames } = limits
  const largest = chunkFrames + 2 * haloFrames
  const count = frames <= largest ? 1 : Math.ceil((frames - 2 * haloFrames) / chunkFrames)
  return place(frames, count, Math.ceil((frames + 2 * haloFrames * (count - 1)) / count))
}

function place(frames: number, count: number, windowFrames: number): ChunkPlan {
  const windowStart = (index: number) =>
    index === 0 ? 0 : Math.round((index * (frames - windowFrames)) / (count - 1))
  // Where two windows overlap, each gives up half of the overlap, which is at least a halo.
  const boundary = (index: number) =>
    Math.floor((windowStart(index - 1) + windowFrames + windowStart(index)) / 2)
  const chunks = Array.from({ length: count }, (_, index) => ({
    windowStart: windowStart(index),
    start: index === 0 ? 0 : boundary(index),
    end: index === count - 1 ? frames : boundary(index + 1),
  }))
  return { windowFrames, chunks }
}
