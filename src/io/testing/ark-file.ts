/** Kaldi archives for tests: matrices by name, whose values count upwards from -8 in steps of 1/8, over all of them. */
export function arkFile(
  shapes: Readonly<Record<string, readonly [rows: number, columns: number]>>,
  type: 'FM' | 'DM' = 'FM',
): Uint8Array<ArrayBuffer> {
  const parts: number[] = []
  const put = (bytes: ArrayBuffer) => parts.push(...new Uint8Array(bytes))
  let value = -8
  for (const [name, [rows, columns]] of Object.entries(shapes)) {
    put(new TextEncoder().encode(`${name} \0B${type} `).buffer)
    for (const size of [rows, columns]) {
      parts.push(4)
      put(Int32Array.of(size).buffer)
    }
    for (let index = 0; index < rows * columns; index++) {
      put((type === 'FM' ? Float32Array.of(value) : Float64Array.of(value)).buffer)
      value += 0.125
    }
  }
  return Uint8Array.from(parts)
}
