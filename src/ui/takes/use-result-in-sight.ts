/**
 * Scrolls the takes into sight when a synthesis has made its first take, and again when it has ended, because the page
 * has grown in the meantime. It does nothing if they are in sight. The focus stays.
 */
import { type RefObject, useEffect, useRef } from 'react'
import { usePage } from '../shell/page-context.ts'

const stillMotion = matchMedia('(prefers-reduced-motion: reduce)')

/** Returns the ref of the region to show. */
export function useResultInSight(): RefObject<HTMLElement | null> {
  const region = useRef<HTMLElement>(null)
  const stage = usePage(({ synthesis: { runs } }) => ({
    isRunning: runs !== undefined,
    hasResult: runs?.some(({ state }) => state === 'done') ?? false,
  }))
  const before = useRef(stage)
  useEffect(() => {
    const { isRunning, hasResult } = before.current
    before.current = stage
    const hasCome = (stage.hasResult && !hasResult) || (isRunning && hasResult && !stage.isRunning)
    if (!hasCome || !region.current) return
    const { top } = region.current.getBoundingClientRect()
    if (top >= 0 && top < innerHeight * 0.45) return
    region.current.scrollIntoView({ behavior: stillMotion.matches ? 'auto' : 'smooth', block: 'start' })
  }, [stage])
  return region
}
