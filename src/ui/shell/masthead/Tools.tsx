/** The tools of the masthead that need the complete store: the backend, and the link to share. */

import type { ViewId } from '../../navigation/view-id.ts'
import { BackendBadge } from './BackendBadge.tsx'
import { CopyLink } from './CopyLink.tsx'

export default function Tools({ view }: { readonly view: ViewId }) {
  return (
    <>
      <BackendBadge view={view} />
      <CopyLink view={view} />
    </>
  )
}
