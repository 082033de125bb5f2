/** Opens files at each door: an action of the feature to which they belong. */
import type { PageActions } from '../state.ts'
import type { Door } from './files-state.ts'

/** `beside` are configurations and statistics of the producers of mels. */
type Opener = (files: readonly File[], beside: readonly File[]) => Promise<void> | void

/** Returns the opener of each door. They read `actions` only when they are called. */
export const openersOf = (actions: PageActions): Readonly<Record<Door, Opener>> => ({
  source: ([file], beside) =>
    file ? actions.source.openFile(file, beside) : actions.source.addProducerFiles(beside),
  batch: (files, beside) => actions.batch.addFiles(files, beside),
  takes: (files) => actions.takes.addFiles(files),
  voice: (files) => actions.training.addVoiceFiles(files),
  test: (files) => actions.test.openFiles(files),
  models: (files) => actions.models.importFiles(files),
  checkpoint: ([file]) => actions.training.chooseCheckpoint(file),
})
