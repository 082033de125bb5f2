/** The common result of all array readers, independent of order and type on disk. */
export type NumberArray = {
  /** The sizes as stored, each at least 1. */
  readonly shape: readonly number[]
  /** Row-major (the last axis varies fastest), with as many values as the product of `shape`. */
  readonly values: Float32Array<ArrayBuffer>
}
