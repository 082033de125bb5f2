/** Tests that a reader answers any damage to its files with a result or a `ProblemError`, at a bounded cost. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ProblemError } from '../../base/problem.ts'
import { damaged } from './mutations.ts'
import { workDone } from './work-done.ts'

type Bytes = Uint8Array<ArrayBuffer>

export type Fuzzed = {
  readonly format: string
  /** Files of a few kilobytes. */
  readonly files: readonly Bytes[]
  /** They may be asynchronous. The first one reads at least one of the files before it is damaged, and its outcomes count. */
  readonly readers: readonly ((bytes: Bytes) => unknown)[]
  /** Whether the files are of a format that is always refused. */
  readonly isRefused?: boolean
}

const mutations = 5000
const seed = 20_201_130
/** Damaged size fields claim up to 4 GiB. */
const maxAllocatedBytes = (fileBytes: number) => 4 * fileBytes + 2 ** 20
const maxOperations = (fileBytes: number) => 64 * fileBytes + 10_000

export function fuzzReader({ format, files, readers, isRefused = false }: Fuzzed): void {
  test(`${mutations} damaged files: ${format}`, { timeout: 300_000 }, async () => {
    const outcomes = readers.map(() => ({ read: 0, refused: 0 }))
    const readOrRefuse = async (bytes: Bytes) => {
      for (const [index, read] of readers.entries()) {
        const { allocatedBytes, operations } = await workDone(async () => {
          try {
            await read(bytes)
            outcomes[index].read++
          } catch (thrown) {
            // A reader that could not be fetched has refused nothing.
            if (!(thrown instanceof ProblemError) || thrown.problem.code === 'part-unreachable') throw thrown
            outcomes[index].refused++
          }
        })
        expect(allocatedBytes).toBeLessThan(maxAllocatedBytes(bytes.length))
        expect(operations).toBeLessThan(maxOperations(bytes.length))
      }
    }
    await fc.assert(fc.asyncProperty(damaged(files), readOrRefuse), { numRuns: mutations, seed })
    // Both outcomes must occur; otherwise the damage is too light or too heavy to test anything. A second reader, which may
    // accept everything, does not count.
    expect(outcomes[0].refused).toBeGreaterThan(mutations / 25)
    if (!isRefused) expect(outcomes[0].read).toBeGreaterThan(mutations / 100)
  })

  test(`the files are readable before they are damaged: ${format}`, async () => {
    const isReadable = async (bytes: Bytes) => {
      try {
        await readers[0](bytes)
        return true
      } catch {
        return false
      }
    }
    expect((await Promise.all(files.map(isReadable))).includes(true)).toBe(!isRefused)
  })
}
