/** Many files, one after the other. */
import { lazy } from 'react'
import { LazySection } from '../shell/LazySection.tsx'

const BatchBody = lazy(() => import('./BatchBody.tsx'))

export function Batch() {
  return (
    <LazySection
      id="batch"
      heading="Batch"
      line="Many mels or recordings at once: takes, figures and one zip."
      drop="batch"
    >
      <BatchBody />
    </LazySection>
  )
}
