/**
 * Around a part of the page that is fetched when it is first needed. Where that fails, offline or after a new version was
 * put in its place, only that part is missing: without this React would take the whole page away, takes and all.
 */
import { Component, type ReactNode, Suspense } from 'react'

type Props = {
  readonly children: ReactNode
  /** Shown while it is fetched. */
  readonly meanwhile: ReactNode
}

export class LazyBoundary extends Component<Props, { readonly isMissing: boolean }> {
  override state = { isMissing: false }

  static getDerivedStateFromError() {
    return { isMissing: true }
  }

  override render() {
    if (!this.state.isMissing)
      return <Suspense fallback={this.props.meanwhile}>{this.props.children}</Suspense>
    return (
      <p role="alert" className="small">
        This part of the page could not be fetched. Everything else works; reload the page when the connection
        is back.
      </p>
    )
  }
}
