/** What a test can be made of, as the page has it now. */
import { type ChoicesOfPage, choicesOfPage } from '../../store/listening-test/plan-choices.ts'
import { usePage } from '../shell/page-context.ts'

export function useChoicesOfPage(): ChoicesOfPage {
  return usePage(choicesOfPage)
}
