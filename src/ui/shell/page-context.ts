/**
 * Gives components the store and the libraries of samples and signals, through one context that `main.tsx` provides.
 * The parts of the first view are there from the first paint on. A component that uses any other part suspends until
 * the rest of the page has loaded; the `LazyBoundary` around it shows something meanwhile.
 */
import { createContext, use } from 'react'
import { useStore } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import type { ClipLibrary } from '../../audio/clip-library.ts'
import type { TakePlayer } from '../../audio/playback/player.ts'
import type { EarlyStore } from '../../store/early-store.ts'
import type { PageStore } from '../../store/page-store.ts'
import type { SignalLibrary } from '../../store/signal-library.ts'
import type { EarlyActions, EarlyState, PageActions, PageState } from '../../store/state.ts'

export type EarlyParts = {
  readonly store: EarlyStore
  readonly samplePlayer: Pick<TakePlayer, 'positionSeconds'>
}

export type PageParts = {
  readonly store: PageStore
  readonly clips: ClipLibrary
  readonly signals: SignalLibrary
  readonly player: Pick<TakePlayer, 'positionSeconds' | 'state'>
}

export type Page = {
  readonly early: EarlyParts
  /** Stays pending if the rest of the page cannot be fetched. */
  readonly whole: Promise<PageParts>
}

export const PageContext = createContext<Page | undefined>(undefined)

function useParts(): Page {
  const page = use(PageContext)
  if (!page) throw new Error('the page has no PageContext')
  return page
}

export const useEarlyParts = (): EarlyParts => useParts().early

export const usePageParts = (): PageParts => use(useParts().whole)

/** Rerenders the component when a member of the object that `select` returns changes. Does not suspend. */
export function useEarlyPage<Selected>(select: (state: EarlyState) => Selected): Selected {
  return useStore(useEarlyParts().store, useShallow(select))
}

/** Does the same as `useEarlyPage` for the complete state. */
export function usePage<Selected>(select: (state: PageState) => Selected): Selected {
  return useStore(usePageParts().store, useShallow(select))
}

/** Returns the object of `useActions`, in which the actions of other views are missing until these have loaded. */
export const useEarlyActions = (): EarlyActions => useEarlyParts().store.actions

/** Returns an object that stays the same for as long as the page is open. */
export const useActions = (): PageActions => usePageParts().store.actions
