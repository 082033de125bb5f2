/** Scrolls the takes into sight when a synthesis has made its first one, unless they are in sight. The focus stays. */
import { type RefObject, useEffect, useRef } from 'react'
import { usePage } from '../shell/page-context.ts'

const stillMotion = matchMedia('(prefers-reduced-motion: reduce)')

/** Returns the ref of the region to show. */
export function useResultInSight(): RefObject<HTMLElement | null> {
  const region = useRef<HTMLElement>(null)
  const hasResult = usePage(({ synthesis }) => synthesis.runs?.some(({ state }) => state === 'done') ?? false)
  useEffect(() => {
    if (!hasResult || !region.current) return
    const { top } = region.current.getBoundingClientRect()
    if (top >= 0 && top < innerHeight / 2) return
    region.current.scrollIntoView({ behavior: stillMotion.matches ? 'auto' : 'smooth', block: 'start' })
  }, [hasResult])
  return region
}
