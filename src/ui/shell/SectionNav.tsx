/** A sticky navigation of the page's sections that marks the current one. */
import { useEffect, useRef, useState } from 'react'
import styles from './SectionNav.module.css'
import { sections } from './sections.ts'

export function SectionNav() {
  const current = useCurrentSection()
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    const link = list.current?.querySelector('[aria-current]')
    // Only the list scrolls, sideways; the page keeps its scroll position.
    if (list.current && link instanceof HTMLElement) {
      const middle = link.offsetLeft + link.offsetWidth / 2 - list.current.clientWidth / 2
      list.current.scrollTo({ left: current ? middle : 0 })
    }
  }, [current])
  return (
    <nav aria-label="Sections" className={styles.sections}>
      <ul ref={list}>
        {sections.map(({ id, label }) => (
          <li key={id}>
            <a href={`#${id}`} aria-current={id === current ? 'location' : undefined}>
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/**
 * Returns the lowest section whose top has passed the upper third of the window. It is computed at most once per frame.
 */
function useCurrentSection(): string | undefined {
  const [current, setCurrent] = useState<string>()
  useEffect(() => {
    let frame = 0
    const look = () => {
      frame = 0
      const passed = ({ id }: { readonly id: string }) => {
        const top = document.getElementById(id)?.getBoundingClientRect().top
        return top !== undefined && top < innerHeight / 3
      }
      setCurrent(sections.findLast(passed)?.id)
    }
    const soon = () => {
      frame ||= requestAnimationFrame(look)
    }
    soon()
    // A section that grows moves those below it without a scroll event.
    const growth = new ResizeObserver(soon)
    for (const { id } of sections) {
      const section = document.getElementById(id)
      if (section) growth.observe(section)
    }
    // On wide screens the column scrolls instead of the window. Scroll events do not bubble, but the window can capture
    // them.
    addEventListener('scroll', soon, { capture: true, passive: true })
    return () => {
      growth.disconnect()
      removeEventListener('scroll', soon, { capture: true })
      cancelAnimationFrame(frame)
    }
  }, [])
  return current
}
