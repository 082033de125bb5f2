/** Where takes differ, from each other, from the recording, from the mel. */
import { lazy } from 'react'
import { LazySection } from '../shell/LazySection.tsx'

const DifferencesBody = lazy(() => import('./DifferencesBody.tsx'))

export function Differences() {
  return (
    <LazySection
      id="differences"
      heading="Differences"
      line="What one take has that another has not, signed, over time and over frequency."
    >
      <DifferencesBody />
    </LazySection>
  )
}
