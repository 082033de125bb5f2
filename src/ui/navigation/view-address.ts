/** Reads the view from an address. Addresses from before there were views still open the right place. */
import type { ViewId } from './view-id.ts'
import { views } from './views.ts'

export type ViewAddress = {
  readonly id: ViewId
  /** Id of the region of the view that the address names. */
  readonly regionId?: string
  /** Name of a view that does not exist; `id` is then the first view. */
  readonly unknown?: string
}

/**
 * @param hash `location.hash`: `#/` and the id of a view, possibly with more text, or the id of a region.
 * @param search `location.search`: an address with settings but without a view is a link to takes.
 */
export function viewAt(hash: string, search: string): ViewAddress {
  const [, name] = /^#\/([^/?]*)/.exec(hash) ?? []
  if (name) {
    const view = views.find(({ id }) => id === name)
    return view ? { id: view.id } : { id: views[0].id, unknown: name.slice(0, 40) }
  }
  if (name === '' || hash.length <= 1)
    return { id: search.length > 1 && name !== '' ? 'listen' : views[0].id }
  const regionId = hash.slice(1)
  const view = views.find(({ oldIds = [] }) => oldIds.includes(regionId))
  return view ? { id: view.id, regionId } : { id: views[0].id, unknown: regionId.slice(0, 40) }
}
