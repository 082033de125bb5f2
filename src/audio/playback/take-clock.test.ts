import fc from 'fast-check'
import { expect, test } from 'vitest'
import { positionAt } from './take-clock.ts'

test('the clock stays at its start before the run, and at the end after a run without a loop', () => {
  const run = { contextFrame: 100, fromFrame: 40, endFrame: 50 }
  expect([0, 100, 109, 110, 500].map((frame) => positionAt(run, frame))).toEqual([40, 40, 49, 50, 50])
})

test('a loop equals a clock that counts frame by frame', () => {
  fc.assert(
    fc.property(
      fc.record({
        loopFrame: fc.nat(50),
        length: fc.integer({ min: 1, max: 50 }),
        into: fc.nat(49),
        elapsed: fc.nat(300),
      }),
      ({ loopFrame, length, into, elapsed }) => {
        const endFrame = loopFrame + length
        const fromFrame = loopFrame + (into % length)
        let counted = fromFrame
        for (let i = 0; i < elapsed; i++) counted = counted + 1 === endFrame ? loopFrame : counted + 1
        expect(positionAt({ contextFrame: 7, fromFrame, endFrame, loopFrame }, 7 + elapsed)).toBe(counted)
      },
    ),
  )
})
