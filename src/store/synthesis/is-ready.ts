/** Whether there is something to vocode, and something to do it with. */
import type { PageState } from '../state.ts'

export function isReadyToSynthesize({ source, models }: Pick<PageState, 'source' | 'models'>): boolean {
  return source.current !== undefined && source.opening === undefined && models.all.length > 0
}
