/**
 * Wraps a part of the page that is loaded on demand. If loading fails, because the user is offline or a new version was
 * deployed, only that part is missing. Without this boundary, React would unmount the whole page and lose the takes.
 */
import { Component, type ReactNode, Suspense } from 'react'

type Props = {
  readonly children: ReactNode
  /** Shown while the part loads. */
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
