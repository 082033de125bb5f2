import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planChunks } from './chunk-plan.ts'

const anyLimits = fc.record({
  chunkFrames: fc.constantFrom(32, 64, 128, 256),
  haloFrames: fc.integer({ min: 0, max: 12 }),
})

test('kept parts tile the utterance, each with a halo unless the utterance ends there', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6000 }), anyLimits, (frames, limits) => {
      const { windowFrames, chunks } = planChunks(frames, limits)
      let position = 0
      for (const { windowStart, start, end } of chunks) {
        const windowEnd = windowStart + windowFrames
        expect(start).toBe(position)
        expect(end).toBeGreaterThan(start)
        expect(windowStart).toBeGreaterThanOrEqual(0)
        expect(windowEnd).toBeLessThanOrEqual(frames)
        if (windowStart > 0) expect(start - windowStart).toBeGreaterThanOrEqual(limits.haloFrames)
        if (windowEnd < frames) expect(windowEnd - end).toBeGreaterThanOrEqual(limits.haloFrames)
        position = end
      }
      expect(position).toBe(frames)
    }),
  )
})

test('no window is larger than the limits allow', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6000 }), anyLimits, (frames, limits) => {
      const largest = limits.chunkFrames + 2 * limits.haloFrames
      expect(planChunks(frames, limits).windowFrames).toBeLessThanOrEqual(largest)
    }),
  )
})

test('less than a fifth of the frames is computed twice in chunks of more than eight halos', () => {
  const limits = { chunkFrames: 512, haloFrames: 44 }
  for (let frames = 1; frames <= 6000; frames++) {
    const { windowFrames, chunks } = planChunks(frames, limits)
    expect(1 - frames / (windowFrames * chunks.length)).toBeLessThan(0.2)
  }
})

test('an utterance that fits into one window is one window', () => {
  expect(planChunks(200, { chunkFrames: 256, haloFrames: 8 })).toEqual({
    windowFrames: 200,
    chunks: [{ windowStart: 0, start: 0, end: 200 }],
  })
})
