/** Both models at 2, 3 and 6 steps on one clip: the paper's comparison. */

export type ResultsSlice = object
