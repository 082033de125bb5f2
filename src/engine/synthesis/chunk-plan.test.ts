import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planChunks } from './chunk-plan.ts'

const anyLimits = fc.record({
  chunkFrames: fc.constantFrom(32, 64, 128, 256),
  haloFrames: fc.integer({ min: 0, max: 12 }),
  windowMultiple: fc.constantFrom(1, 16, 64),
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
      const { chunkFrames, haloFrames, windowMultiple } = limits
      const largest = chunkFrames + 2 * haloFrames + windowMultiple - 1
      expect(planChunks(frames, limits).windowFrames).toBeLessThanOrEqual(largest)
    }),
  )
})

test('with a multiple, utterances of all lengths need few window sizes', () => {
  const limits = { chunkFrames: 256, haloFrames: 8, windowMultiple: 64 }
  const sizes = new Set<number>()
  for (let frames = 64; frames <= 3000; frames++) sizes.add(planChunks(frames, limits).windowFrames)
  expect([...sizes].toSorted((a, b) => a - b)).toEqual([64, 128, 192, 256, 320])
})

test('an utterance that fits into one window is one window', () => {
  expect(planChunks(200, { chunkFrames: 256, haloFrames: 8, windowMultiple: 1 })).toEqual({
    windowFrames: 200,
    chunks: [{ windowStart: 0, start: 0, end: 200 }],
  })
})
