/** A region of a view whose heading appears at once and whose body is loaded when the view is first opened. */

import { LazyBoundary } from '../shell/LazyBoundary.tsx'
import styles from './HeadedSection.module.css'
import type { HeadedRegion } from './views.ts'

export function HeadedSection({ id, heading, line, drop, Body }: HeadedRegion) {
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
