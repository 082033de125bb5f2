/** First steps for new users, placed in the flow of the page so that they cover nothing. */
import { useEffect, useRef } from 'react'
import styles from './Hints.module.css'
import { hideHints, useHints } from './hints-shown.ts'

export function Hints() {
  const { shown, asked } = useHints()
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    if (asked === 0) return
    panel.current?.focus({ preventScroll: true })
    panel.current?.scrollIntoView({ block: 'nearest' })
  }, [asked])
  if (!shown) return null
  return (
    <section aria-label="First hints" className={styles.hints} ref={panel} tabIndex={-1}>
      <ol className={styles.list}>
        <li>
          <strong>Press Synthesize.</strong> Every vocoder makes speech of the example’s mel.
        </li>
        <li>
          <strong>Switch while it plays.</strong> The keys <kbd>1</kbd>, <kbd>2</kbd>, <kbd>3</kbd> change the
          take, not the place.
        </li>
        <li>
          <strong>Drag over a waveform</strong> to loop a part of it.
        </li>
        <li>
          <strong>Then decide blind:</strong> <a href="#listening-test">an ABX test</a> says whether you hear
          a difference.
        </li>
      </ol>
      <button type="button" className="button" onClick={hideHints}>
        Hide hints
      </button>
    </section>
  )
}
