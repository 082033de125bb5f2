/**
 * Cuts an utterance into windows that the network can see one at a time, in constant memory. Every window has the same
 * length and lies inside the utterance, so that nothing is padded: the network's own zero padding happens only where the
 * whole utterance has it, and everywhere else a halo of true neighbours stands in for what is cut off. The kept parts
 * then equal a pass over the whole.
 */

export type Chunk = {
  /** First frame that the network sees; it sees `windowFrames` of them. */
  readonly windowStart: number
  /** Frames that are kept of it: [start, end). The chunks' kept parts tile the utterance. */
  readonly start: number
  readonly end: number
}

export type ChunkPlan = { readonly windowFrames: number; readonly chunks: readonly Chunk[] }

export type ChunkLimits = {
  /** Most frames that a window may hold besides its two halos; at least 1. */
  readonly chunkFrames: number
  /** Frames of context that make a frame in the middle right. */
  readonly haloFrames: number
  /** Windows are a multiple of it where the utterance allows: few sizes for a backend that pools buffers by size. */
  readonly windowMultiple: number
}

/** As few windows as the limits allow, as short as they can be. `frames` at least 1. */
export function planChunks(frames: number, limits: ChunkLimits): ChunkPlan {
  const { chunkFrames, haloFrames, windowMultiple } = limits
  const roundUp = (count: number) => Math.ceil(count / windowMultiple) * windowMultiple
  const largest = roundUp(chunkFrames + 2 * haloFrames)
  for (let count = 1; count <= frames; count++) {
    const needed = Math.ceil((frames + 2 * haloFrames * (count - 1)) / count)
    const windowFrames = roundUp(needed)
    // An utterance that fits but is no multiple of the step, and too short to be covered by two that are.
    if (needed <= 2 * haloFrames + 1 && frames <= largest) break
    if (windowFrames <= largest && windowFrames <= frames) return place(frames, count, windowFrames)
  }
  return place(frames, 1, frames)
}

function place(frames: number, count: number, windowFrames: number): ChunkPlan {
  const windowStart = (index: number) =>
    index === 0 ? 0 : Math.round((index * (frames - windowFrames)) / (count - 1))
  // Where two windows overlap, each gives up half, which is a halo or more.
  const boundary = (index: number) =>
    Math.floor((windowStart(index - 1) + windowFrames + windowStart(index)) / 2)
  const chunks = Array.from({ length: count }, (_, index) => ({
    windowStart: windowStart(index),
    start: index === 0 ? 0 : boundary(index),
    end: index === count - 1 ? frames : boundary(index + 1),
  }))
  return { windowFrames, chunks }
}
