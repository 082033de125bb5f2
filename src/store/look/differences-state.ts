/** What one take has that another, or the mel, has not. */

export type DifferencesSlice = object
