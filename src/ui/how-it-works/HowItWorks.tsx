/** The region that explains the two vocoders. */
import { lazy } from 'react'
import { LazySection } from '../shell/LazySection.tsx'

const HowItWorksBody = lazy(() => import('./HowItWorksBody.tsx'))

export function HowItWorks() {
  return (
    <LazySection
      id="how-it-works"
      heading="How it works"
      line="What the two vocoders do and in what they differ, in two minutes."
    >
      <HowItWorksBody />
    </LazySection>
  )
}
