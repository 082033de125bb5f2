/** What a test can be made of, as the page has it now. */
import type { ChoicesOfPage } from '../../store/listening-test/plan-choices.ts'
import { usePage } from '../shell/page-context.ts'

export function useChoicesOfPage(): ChoicesOfPage {
  return usePage(({ takes, models, settings, examples, voiceClips, source }) => ({
    takes,
    models,
    settings,
    examples,
    voiceClips,
    source,
  }))
}
