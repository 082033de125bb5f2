/** Counts memory, which is what a size field that is wrong costs: unlike time, it does not depend on the machine. */

const names = [
  'Uint8Array',
  'Uint16Array',
  'Uint32Array',
  'Int32Array',
  'Float32Array',
  'Float64Array',
] as const

/** How many bytes of typed arrays `run` makes by their constructors; a view of a buffer makes none. */
export function allocatedBytes(run: () => void): number {
  let allocated = 0
  const counted = (name: (typeof names)[number]) =>
    new Proxy(globalThis[name], {
      construct(target, given: unknown[]) {
        const made: { readonly byteLength: number } = Reflect.construct(target, given)
        if (!(given[0] instanceof ArrayBuffer)) allocated += made.byteLength
        return made
      },
    })
  const before = names.map((name) => globalThis[name])
  for (const name of names) Reflect.set(globalThis, name, counted(name))
  try {
    run()
  } finally {
    for (const [index, name] of names.entries()) Reflect.set(globalThis, name, before[index])
  }
  return allocated
}
