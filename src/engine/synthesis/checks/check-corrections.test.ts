import { expect, test } from 'vitest'
import type { MelCorrections } from '../../../base/mel-corrections.ts'
import { checkCorrections } from './check-corrections.ts'

const valid: MelCorrections = { count: 32, momentum: 0.9, scope: 'voiced' }
const invalid = expect.objectContaining({
  problem: expect.objectContaining({ code: 'corrections-invalid', remedy: expect.any(String) }),
})

test('voiced corrections need a model that knows the voicing', () => {
  expect(() => checkCorrections(valid, true)).not.toThrow()
  expect(() => checkCorrections(valid, false)).toThrow(invalid)
  expect(() => checkCorrections({ ...valid, scope: 'all' }, false)).not.toThrow()
})

test.each([
  { count: 101 },
  { count: -1 },
  { count: 1.5 },
  { momentum: 1 },
  { momentum: Number.NaN },
  { scope: 'half' as 'all' },
])('%o is refused', (changed) => {
  expect(() => checkCorrections({ ...valid, ...changed }, true)).toThrow(invalid)
})
