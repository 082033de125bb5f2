/** What every array format of this room is read into, whatever the order and type on disk. */
export type NumberArray = {
  /** As stored; every size at least 1. */
  readonly shape: readonly number[]
  /** Row-major (the last axis varies fastest), of as many values as the product of `shape`. */
  readonly values: Float32Array<ArrayBuffer>
}
