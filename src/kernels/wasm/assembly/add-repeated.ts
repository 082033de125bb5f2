/** Adds each of `rows` rows of `columns` values at `from` to `repeat` successive rows at `to`. */
export function addRepeated(to: usize, from: usize, rows: i32, columns: i32, repeat: i32): void {
  const rowBytes = (<usize>columns) << 2
  const vectorBytes = rowBytes & ~15
  for (let row: i32 = 0; row < rows; row++) {
    for (let again: i32 = 0; again < repeat; again++) {
      for (let at: usize = 0; at < vectorBytes; at += 16)
        v128.store(to + at, f32x4.add(v128.load(to + at), v128.load(from + at)))
      for (let at: usize = vectorBytes; at < rowBytes; at += 4)
        store<f32>(to + at, load<f32>(to + at) + load<f32>(from + at))
      to += rowBytes
    }
    from += rowBytes
  }
}
