/** Many files, one after the other. */

export type BatchSlice = object
