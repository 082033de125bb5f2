/** Many files, one after the other. */
import { lazy } from 'react'
import { LateSection } from '../shell/LazySection.tsx'

const BatchBody = lazy(() => import('./BatchBody.tsx'))

export function Batch() {
  return (
    <LateSection
      id="batch"
      heading="Batch"
      line="Many mels or recordings at once: takes, figures and one zip."
      drop="batch"
    >
      <BatchBody />
    </LateSection>
  )
}
