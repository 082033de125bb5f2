import { expect, test } from 'vitest'
import { ClipLibrary } from './clip-library.ts'

const clip = (...samples: number[]) => ({ samples: Float32Array.from(samples), sampleRateHz: 4 })

test('a clip is kept as it is, under an id that is never given twice', () => {
  const library = new ClipLibrary()
  const kept = clip(0.5)
  const id = library.add(kept)
  expect(library.get(id)).toBe(kept)
  library.remove(id)
  expect(library.has(id)).toBe(false)
  expect(library.add(kept)).not.toBe(id)
})

test('asking for a clip that is not there is a defect that names it', () => {
  expect(() => new ClipLibrary().get('clip-9')).toThrow('clip-9')
})

test('peaks are asked for in seconds, and are 0 where the clip has ended', () => {
  const library = new ClipLibrary()
  const id = library.add(clip(0.5, -0.5, 1, 0.25, 0.75, 0.5))
  expect(library.peaks(id, 0.5, 2.5, 4)).toEqual({
    minimum: Float32Array.of(0.25, 0.5, 0, 0),
    maximum: Float32Array.of(1, 0.75, 0, 0),
  })
})
