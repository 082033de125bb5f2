/** The paper's comparison on one clip. */
import { lazy } from 'react'
import { LazySection } from '../shell/LazySection.tsx'

const ResultsBody = lazy(() => import('./ComparisonBody.tsx'))

export function Results() {
  return (
    <LazySection
      id="results"
      heading="Results at 2, 3 and 6 steps"
      line="The comparison of the InferGrad paper on the clip that is open, made by this machine, with the authors’ own figures beside it."
    >
      <ResultsBody />
    </LazySection>
  )
}
