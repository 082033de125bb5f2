/** A blind listening test, from its plan to its result. */

export type ListeningTestSlice = object
