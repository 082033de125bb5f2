/** Opens files that came at one place of the page, and shows the view in which they are then. */
import type { Door } from '../../../store/files/files-state.ts'
import type { PageActions } from '../../../store/state.ts'
import { addressOf, type ViewId } from '../../navigation/view-id.ts'
import { useActions } from '../page-context.ts'

const viewOf: Readonly<Record<Door, ViewId>> = {
  source: 'listen',
  takes: 'listen',
  voice: 'tune',
  batch: 'batch',
  test: 'test',
  models: 'tune',
  checkpoint: 'tune',
}

/** Those whose `side` in navigation/views.ts has the source. The table itself would load what uses this file. */
export const viewsOfSource: readonly ViewId[] = ['listen', 'inside', 'compare']

export async function openFilesAt(actions: PageActions, door: Door, files: readonly File[]): Promise<void> {
  const opened = await actions.files.open(door, files)
  if (!opened) return
  const [, id] = /^#\/(\w+)/.exec(location.hash) ?? []
  const isShown = opened === 'source' ? viewsOfSource.some((one) => one === id) : id === viewOf[opened]
  if (!isShown) location.hash = addressOf(viewOf[opened])
}

/** Returns the `onFiles` of a button at a door. */
export function useOpenFiles(door: Door): (files: readonly File[]) => void {
  const actions = useActions()
  return (files) => void openFilesAt(actions, door, files)
}
