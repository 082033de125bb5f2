/** The page's sections in one line that stays in sight; the one that is being looked at is marked. */
import { useEffect, useRef, useState } from 'react'
import styles from './SectionNav.module.css'

const sections = [
  { id: 'takes', label: 'Takes' },
  { id: 'differences', label: 'Differences' },
  { id: 'film', label: 'Step by step' },
  { id: 'results', label: 'Results' },
  { id: 'listening-test', label: 'Listening test' },
  { id: 'batch', label: 'Batch' },
  { id: 'fine-tune', label: 'Fine-tune' },
  { id: 'how-it-works', label: 'How it works' },
] as const

type SectionId = (typeof sections)[number]['id']

export function SectionNav() {
  const current = useCurrentSection()
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    const link = list.current?.querySelector('[aria-current]')
    // Only sideways: the page itself is where the reader put it.
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

/** The lowest section whose top has passed the upper third of the window. */
function useCurrentSection(): SectionId | undefined {
  const [current, setCurrent] = useState<SectionId>()
  useEffect(() => {
    const passed = new Map<Element, boolean>()
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, boundingClientRect, rootBounds } of entries)
          passed.set(target, boundingClientRect.top < (rootBounds?.bottom ?? 0))
        const last = sections.findLast(({ id }) => {
          const element = document.getElementById(id)
          return element !== null && passed.get(element)
        })
        setCurrent(last?.id)
      },
      // A band at the top; what has left it upwards is above its lower edge, what is still to come below.
      { rootMargin: '0px 0px -67% 0px' },
    )
    for (const { id } of sections) {
      const element = document.getElementById(id)
      if (element) observer.observe(element)
    }
    return () => observer.disconnect()
  }, [])
  return current
}
