/** The region in which a model learns a voice. */
import { lazy } from 'react'
import { LazySection } from '../shell/LazySection.tsx'

const FineTuneBody = lazy(() => import('./FineTuneBody.tsx'))

export function FineTune() {
  return (
    <LazySection
      id="fine-tune"
      heading="Fine-tune"
      line="Teach a model a voice that it does not know: a minute of speech, some minutes of learning, and weights of your own. Nothing leaves this machine."
      drop="voice"
    >
      <FineTuneBody />
    </LazySection>
  )
}
