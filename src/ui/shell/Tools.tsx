/** The tools of the masthead that need the complete store: the backend, and the link to share. */
import { BackendBadge } from './BackendBadge.tsx'
import { CopyLink } from './CopyLink.tsx'
import type { ViewId } from './view-id.ts'

export default function Tools({ view }: { readonly view: ViewId }) {
  return (
    <>
      <BackendBadge view={view} />
      <CopyLink view={view} />
    </>
  )
}
