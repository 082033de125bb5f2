/** The one way to load a part of the page: a component that is fetched when it is first rendered. */
import { type ComponentType, lazy } from 'react'
import { importChunk } from '../../base/import-chunk.ts'

/**
 * @param load imports a module whose default export is the component. `LazyBoundary` says so if it cannot be fetched.
 */
export const lazyPart = <Props>(load: () => Promise<{ readonly default: ComponentType<Props> }>) =>
  lazy(() => importChunk(load()))
