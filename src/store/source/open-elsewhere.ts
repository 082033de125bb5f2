/** Takes files that are not one source where they belong; a note says where that is. */
import type { PageActions } from '../state.ts'
import type { FilePurpose } from './file-purpose.ts'

export async function openElsewhere(
  actions: PageActions,
  purpose: Exclude<FilePurpose, 'source' | 'archive'>,
  files: readonly File[],
): Promise<void> {
  if (purpose === 'test') return actions.test.openFiles(files)
  if (purpose === 'model') {
    actions.problems.note(`${files[0].name} is a model: it is imported under “Models”.`)
    return actions.models.importFiles(files)
  }
  actions.batch.addFiles(files)
  actions.problems.note('Several files were opened at once: they are in the batch.')
}
