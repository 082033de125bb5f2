/** Many files, one after the other. */
import { lazy } from 'react'
import { LateSection } from './LateSection.tsx'

const BatchBody = lazy(() => import('./batch/BatchBody.tsx'))

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
