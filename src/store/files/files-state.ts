/** The one way in for files that the user drops, pastes or chooses, wherever that is. */

/** A place that takes files. Files that belong to another place go there. */
export type Door = 'source' | 'takes' | 'voice' | 'batch' | 'test' | 'models' | 'checkpoint'

export type FilesState = {
  /** Name of the zip that is being unpacked; absent otherwise. */
  readonly unpacking?: string
}

export type FilesActions = {
  /**
   * Recognises files and opens each where it belongs: `door` takes mels and recordings; models, checkpoints and files of
   * blind tests go to their own places, and what zips hold goes where it would have gone by itself. Reports what cannot
   * be opened, and never rejects. Resolves to the place that took the files; undefined if none did.
   */
  readonly open: (door: Door, files: readonly File[]) => Promise<Door | undefined>
}
