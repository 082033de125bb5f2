/**
 * Wraps a part of the page that is loaded on demand. If it cannot be fetched, because the user is offline or a new
 * version was deployed, or if it throws while it renders, only that part is missing. Without this boundary, React would
 * unmount the whole page and lose the takes.
 */
import { Component, type ReactNode, Suspense } from 'react'
import { type Problem, ProblemError } from '../../base/problem.ts'

type Props = {
  readonly children: ReactNode
  /** Shown while the part loads. */
  readonly meanwhile: ReactNode
}

/** A part that React could not load is not asked for again before the page is reloaded. */
const ofFetching: Problem = {
  code: 'part-unreachable',
  message: 'This part of the page could not be fetched.',
  remedy: 'Everything else works. Reload the page when the connection is back.',
}

const ofRendering: Problem = {
  code: 'part-failed',
  message: 'This part of the page failed while it was drawn.',
  remedy: 'Everything else works. Download what you want to keep, then reload the page.',
}

export class LazyBoundary extends Component<Props, { readonly problem?: Problem }> {
  override state: { readonly problem?: Problem } = {}

  static getDerivedStateFromError(thrown: unknown) {
    return { problem: thrown instanceof ProblemError ? ofFetching : ofRendering }
  }

  override render() {
    const { problem } = this.state
    if (!problem) return <Suspense fallback={this.props.meanwhile}>{this.props.children}</Suspense>
    return (
      <p role="alert" className="small">
        {problem.message} {problem.remedy}
      </p>
    )
  }
}
