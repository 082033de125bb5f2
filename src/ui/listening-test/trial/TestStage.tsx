/**
 * Covers the whole page from the start of a test to its end, so that nothing else is on the screen, plays or answers to
 * keys. A modal dialog makes everything behind it inert. Back and forward stay on the test.
 */
import { type DragEvent, useEffect, useRef, useState } from 'react'
import type { PreparingTest, RehearsedTest, RunningTest } from '../../../store/listening-test/test-state.ts'
import { IconButton } from '../../controls/buttons/IconButton.tsx'
import { useActions, usePage } from '../../shell/page-context.ts'
import { leaveFullScreen } from '../full-screen.ts'
import { PreparingPanel } from './PreparingPanel.tsx'
import { RehearsedPanel } from './RehearsedPanel.tsx'
import styles from './TestStage.module.css'
import { TrialPanel } from './TrialPanel.tsx'

type Props = { readonly test: PreparingTest | RunningTest | RehearsedTest }

/** Files that are dropped on a test would replace the page's source behind it. */
function refuseFiles(event: DragEvent): void {
  event.preventDefault()
  event.stopPropagation()
  event.dataTransfer.dropEffect = 'none'
}

export function TestStage({ test }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const raise = () => showAbove(dialog.current)
    raise()
    document.addEventListener('fullscreenchange', raise)
    return () => {
      document.removeEventListener('fullscreenchange', raise)
      void leaveFullScreen()
    }
  }, [])
  useStayOnTest()
  return (
    <dialog
      ref={dialog}
      aria-label="Blind test"
      className={styles.stage}
      onDragEnter={refuseFiles}
      onDragOver={refuseFiles}
      onDrop={refuseFiles}
      onCancel={(event) => event.preventDefault()}
      // Some browsers close a dialog at the second Escape, even if the page cancels it.
      onClose={() => dialog.current?.open === false && dialog.current.showModal()}
    >
      <div className={styles.content}>
        <StageProblems />
        {test.phase === 'preparing' && <PreparingPanel test={test} />}
        {test.phase === 'running' && <TrialPanel test={test} />}
        {test.phase === 'rehearsed' && <RehearsedPanel test={test} />}
      </div>
    </dialog>
  )
}

/** Shows the dialog above a page that has just entered full screen, which otherwise covers it, and keeps the focus. */
function showAbove(dialog: HTMLDialogElement | null): void {
  const focused = document.activeElement
  if (dialog?.open) dialog.close()
  dialog?.showModal()
  if (focused instanceof HTMLElement && dialog?.contains(focused)) focused.focus({ preventScroll: true })
}

/** Returns to the address of the test if the user navigates away from it. */
function useStayOnTest(): void {
  useEffect(() => {
    const { hash } = location
    const stay = () => {
      if (location.hash !== hash) location.hash = hash
    }
    addEventListener('hashchange', stay)
    return () => removeEventListener('hashchange', stay)
  }, [])
}

/** The problems that occurred since the stage opened; the page's own list is behind the stage. */
function StageProblems() {
  const problems = usePage((state) => state.problems.shown)
  const { dismiss } = useActions().problems
  const [before] = useState(() => new Set(problems.map(({ id }) => id)))
  return problems
    .filter(({ id }) => !before.has(id))
    .map(({ id, problem: { message, remedy } }) => (
      <div key={id} role="alert" className={styles.problem}>
        <p>
          {message} {remedy}
        </p>
        <IconButton quiet icon="close" label="Dismiss" onClick={() => dismiss(id)} />
      </div>
    ))
}
