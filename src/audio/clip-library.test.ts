import { expect, test } from 'vitest'
import { ClipLibrary } from './clip-library.ts'

const clip = (...samples: number[]) => ({ samples: Float32Array.from(samples), sampleRateHz: 4 })

test('a clip is kept without a copy, under an id that is never reused', () => {
  const library = new ClipLibrary()
  const kept = clip(0.5)
  const id = library.add(kept)
  expect(library.get(id)).toBe(kept)
  library.remove(id)
  expect(library.has(id)).toBe(false)
  expect(library.add(kept)).not.toBe(id)
})

test('an unknown id is a defect whose error names it', () => {
  expect(() => new ClipLibrary().get('clip-9')).toThrow('clip-9')
})

test('peaks take a range in seconds, and are 0 after the end of the clip', () => {
  const library = new ClipLibrary()
  const id = library.add(clip(0.5, -0.5, 1, 0.25, 0.75, 0.5))
  expect(library.peaks(id, 0.5, 2.5, 4)).toEqual({
    minimum: Float32Array.of(0.25, 0.5, 0, 0),
    maximum: Float32Array.of(1, 0.75, 0, 0),
  })
})
