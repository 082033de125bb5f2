/** The reverse process, step by step, of both models. */

export type FilmSlice = object
