/** A region of the page whose heading appears at once and whose body is loaded after the first paint. */
import { LazyBoundary } from './LazyBoundary.tsx'
import styles from './LazySection.module.css'
import type { LazySectionParts } from './sections.ts'

export function LazySection({ id, heading, line, drop, Body }: LazySectionParts) {
  return (
    <section id={id} aria-labelledby={`${id}-heading`} className={styles.region} data-drop={drop}>
      <header>
        <h2 id={`${id}-heading`}>{heading}</h2>
        <p className="small soft">{line}</p>
      </header>
      <LazyBoundary meanwhile={<div className={styles.placeholder} />}>
        <Body />
      </LazyBoundary>
    </section>
  )
}
