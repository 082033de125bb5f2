/** Opens the plan that the address holds: a colleague's link, when the page opens with it or while it is open. */
import { useEffect } from 'react'
import { useActions } from '../shell/page-context.ts'

export function usePlanLink(): void {
  const { openPlanLink } = useActions().test
  useEffect(() => {
    const open = () => void openPlanLink(location.hash)
    open()
    addEventListener('hashchange', open)
    return () => removeEventListener('hashchange', open)
  }, [openPlanLink])
}
