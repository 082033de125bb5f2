/** The navigation of the views. */
import { useEffect, useRef } from 'react'
import styles from './ViewNav.module.css'
import { addressOf } from './view-id.ts'
import { type View, views } from './views.ts'

export function ViewNav({ current }: { readonly current: View }) {
  const list = useRef<HTMLUListElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another view has another current link
  useEffect(() => {
    const link = list.current?.querySelector('[aria-current]')
    // Only the list scrolls, sideways, where it is narrower than its links.
    if (list.current && link instanceof HTMLElement) {
      list.current.scrollTo({ left: link.offsetLeft + link.offsetWidth / 2 - list.current.clientWidth / 2 })
    }
  }, [current])
  return (
    <nav aria-label="Views" className={styles.views}>
      <ul ref={list}>
        {views.map((view) => (
          <li key={view.id}>
            <a href={addressOf(view.id)} aria-current={view === current ? 'page' : undefined}>
              {view.label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
