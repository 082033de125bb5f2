import { afterEach, expect, test, vi } from 'vitest'
import { storageFull } from './storage-full.ts'

afterEach(() => vi.unstubAllGlobals())

test.each([
  { estimate: { quota: 60e6, usage: 52e6 }, found: '43.0 MB needed, 8.0 MB free' },
  { estimate: { quota: 50e6, usage: 52e6 }, found: '43.0 MB needed, 0.0 MB free' },
  // An estimate that cannot be true is not shown.
  {
    estimate: { quota: 10e9, usage: 52e6 },
    found: '43.0 MB needed; the browser does not report the free space',
  },
  { estimate: {}, found: '43.0 MB needed; the browser does not report the free space' },
])('an estimate of $estimate gives "$found"', async ({ estimate, found }) => {
  vi.stubGlobal('navigator', { storage: { estimate: async () => estimate } })
  expect(await storageFull(43e6, 'Free some.')).toMatchObject({ code: 'storage-full', found })
})
