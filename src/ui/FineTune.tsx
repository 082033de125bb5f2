/** The region in which a model learns a voice. What stands in it is fetched after the first paint. */
import { lazy } from 'react'
import styles from './FineTune.module.css'
import { Late } from './Late.tsx'

const FineTuneBody = lazy(() => import('./fine-tune/FineTuneBody.tsx'))

export function FineTune() {
  return (
    <section id="fine-tune" aria-labelledby="fine-tune-heading" className={styles.region} data-drop="voice">
      <header>
        <h2 id="fine-tune-heading">Fine-tune</h2>
        <p className="small soft">
          Teach a model a voice that it does not know: a minute of speech, some minutes of learning, and
          weights of your own. Nothing leaves this machine.
        </p>
      </header>
      <Late meanwhile={<div className={styles.placeholder} />}>
        <FineTuneBody />
      </Late>
    </section>
  )
}
