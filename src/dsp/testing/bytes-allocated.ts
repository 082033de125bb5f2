/** Counts the memory of computations, for tests: it depends neither on the machine nor on the garbage collector. */
import { vi } from 'vitest'

/** Arrays of so few numbers do not grow with a signal: frames, spectra, tables. */
const smallNumbers = 4096

/** The methods of typed arrays that return new ones. */
const copying = ['slice', 'map', 'filter', 'toSorted'] as const

/** Bytes of the large arrays of floats that are allocated while `work` runs. Views of other arrays do not count. */
export async function bytesAllocated(work: () => unknown): Promise<number> {
  let bytes = 0
  const count = <Made extends Float32Array | Float64Array>(made: Made): Made => {
    if (made.length > smallNumbers) bytes += made.byteLength
    return made
  }
  const counting = (kind: Float32ArrayConstructor | Float64ArrayConstructor) =>
    new Proxy(kind, {
      construct(target, given, newTarget) {
        const made: Float32Array | Float64Array = Reflect.construct(target, given, newTarget)
        return given[0] instanceof ArrayBuffer ? made : count(made)
      },
    })
  const methods = Object.getPrototypeOf(Float32Array.prototype) as Float32Array
  for (const name of copying) {
    const original = methods[name] as (...given: unknown[]) => Float32Array
    vi.spyOn(methods, name).mockImplementation(function (this: Float32Array, ...given: unknown[]) {
      return count(original.apply(this, given))
    } as never)
  }
  vi.stubGlobal('Float32Array', counting(Float32Array))
  vi.stubGlobal('Float64Array', counting(Float64Array))
  try {
    await work()
  } finally {
    vi.unstubAllGlobals()
    vi.restoreAllMocks()
  }
  return bytes
}
