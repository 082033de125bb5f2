/** A region of the page with its heading at once; what stands in it is fetched after the first paint. */
import type { ReactNode } from 'react'
import { LazyBoundary } from './LazyBoundary.tsx'
import styles from './LazySection.module.css'

type Props = {
  /** Of the region, for links to it. */
  readonly id: string
  readonly heading: string
  readonly line: string
  readonly children: ReactNode
  /** What files dropped on it are for; the page's source unless given. */
  readonly drop?: string
}

export function LazySection({ id, heading, line, children, drop }: Props) {
  return (
    <section id={id} aria-labelledby={`${id}-heading`} className={styles.region} data-drop={drop}>
      <header>
        <h2 id={`${id}-heading`}>{heading}</h2>
        <p className="small soft">{line}</p>
      </header>
      <LazyBoundary meanwhile={<div className={styles.placeholder} />}>{children}</LazyBoundary>
    </section>
  )
}
