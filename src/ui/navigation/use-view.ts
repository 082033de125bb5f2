/** The current view, which is that of the address, so that back and forward work. */
import { useSyncExternalStore } from 'react'
import { type ViewAddress, viewAt } from './view-address.ts'

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener)
  addEventListener('popstate', listener)
  return () => {
    removeEventListener('hashchange', listener)
    removeEventListener('popstate', listener)
  }
}

// The parameters of the first address tell an old link; later ones are written by the page itself.
const firstSearch = location.search
let known: { readonly hash: string; readonly address: ViewAddress } | undefined

/** Returns the same object for as long as the view is the same. */
function currentView(): ViewAddress {
  const { hash } = location
  if (known?.hash !== hash) known = { hash, address: viewAt(hash, firstSearch) }
  return known.address
}

export const useView = (): ViewAddress => useSyncExternalStore(subscribe, currentView)
