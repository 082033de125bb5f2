/** Copies `rows` rows of `size` values. Strides are the number of values from one row to the next. */
export function copyRows(to: usize, toStride: i32, from: usize, fromStride: i32, rows: i32, size: i32): void {
  const bytes = (<usize>size) << 2
  for (let row: i32 = 0; row < rows; row++) {
    memory.copy(to, from, bytes)
    to += (<usize>toStride) << 2
    from += (<usize>fromStride) << 2
  }
}
