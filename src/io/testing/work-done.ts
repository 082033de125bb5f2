/** Counts memory and work. A wrong size field costs both, and unlike time they do not depend on the machine. */

const arrays = [
  'Uint8Array',
  'Uint16Array',
  'Uint32Array',
  'Int32Array',
  'Float32Array',
  'Float64Array',
] as const

const countedMethods: readonly [prototype: object, names: readonly string[]][] = [
  [
    DataView.prototype,
    Object.getOwnPropertyNames(DataView.prototype).filter((name) => name.startsWith('get')),
  ],
  [Object.getPrototypeOf(Uint8Array.prototype), ['subarray', 'slice', 'set', 'fill', 'map']],
  [String, ['fromCharCode']],
  [TextDecoder.prototype, ['decode']],
]

export type WorkDone = {
  /** Bytes of typed arrays that were made by their constructors; a view of a buffer makes none. */
  readonly allocatedBytes: number
  /** Calls of the methods that read binary data, and constructions of typed arrays. */
  readonly operations: number
}

/** Runs `run` to its end and returns what it did. Rejects as `run` does. */
export async function workDone(run: () => unknown): Promise<WorkDone> {
  let allocatedBytes = 0
  let operations = 0
  const restored: (() => void)[] = []
  for (const name of arrays) {
    const whole = globalThis[name]
    const counted = new Proxy(whole, {
      construct(target, given: unknown[]) {
        const made: { readonly byteLength: number } = Reflect.construct(target, given)
        if (!(given[0] instanceof ArrayBuffer)) allocatedBytes += made.byteLength
        operations++
        return made
      },
    })
    Reflect.set(globalThis, name, counted)
    restored.push(() => Reflect.set(globalThis, name, whole))
  }
  for (const [prototype, names] of countedMethods) {
    for (const name of names) {
      const method: unknown = Reflect.get(prototype, name)
      if (typeof method !== 'function') throw new Error(`There is no ${name} to count`)
      Reflect.set(prototype, name, function (this: unknown, ...given: unknown[]) {
        operations++
        return Reflect.apply(method, this, given)
      })
      restored.push(() => Reflect.set(prototype, name, method))
    }
  }
  try {
    await run()
  } finally {
    for (const restore of restored) restore()
  }
  return { allocatedBytes, operations }
}
