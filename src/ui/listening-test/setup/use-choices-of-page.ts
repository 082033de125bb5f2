/** Returns the conditions and clips that the page currently offers for a test. */
import { type ChoicesOfPage, choicesOfPage } from '../../../store/listening-test/plans/plan-choices.ts'
import { usePage } from '../../shell/page-context.ts'

export function useChoicesOfPage(): ChoicesOfPage {
  return usePage(choicesOfPage)
}
