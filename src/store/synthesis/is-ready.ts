/** Whether there is a source to synthesize from and a system to synthesize with. */
import type { PageState } from '../state.ts'

export function isReadyToSynthesize({ source, models }: Pick<PageState, 'source' | 'models'>): boolean {
  return source.current !== undefined && source.opening === undefined && models.all.length > 0
}
