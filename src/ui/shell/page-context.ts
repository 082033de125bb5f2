/**
 * Gives components the store and the libraries of samples and signals, through one context that `main.tsx` provides.
 */
import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import type { ClipLibrary } from '../../audio/clip-library.ts'
import type { TakePlayer } from '../../audio/player.ts'
import type { PageStore } from '../../store/page-store.ts'
import type { SignalLibrary } from '../../store/signal-library.ts'
import type { PageActions, PageState } from '../../store/state.ts'

export type PageParts = {
  readonly store: PageStore
  readonly clips: ClipLibrary
  readonly signals: SignalLibrary
  readonly player: Pick<TakePlayer, 'positionSeconds' | 'state'>
  readonly samplePlayer: Pick<TakePlayer, 'positionSeconds'>
}

export const PageContext = createContext<PageParts | undefined>(undefined)

export function usePageParts(): PageParts {
  const parts = useContext(PageContext)
  if (!parts) throw new Error('the page has no PageContext')
  return parts
}

/** Rerenders the component when a member of the object that `select` returns changes. */
export function usePage<Selected>(select: (state: PageState) => Selected): Selected {
  return useStore(usePageParts().store, useShallow(select))
}

/** Returns an object that stays the same for as long as the page is open. */
export function useActions(): PageActions {
  return usePageParts().store.actions
}
