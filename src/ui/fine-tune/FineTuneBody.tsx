/**
 * Content of the view “Fine-tune”. It depends on the state: a notice of unfinished training, a session or its
 * result, the setup of the next session, and the models.
 */
import { usePage } from '../shell/page-context.ts'
import { TrainingPanel } from './TrainingPanel.tsx'
import { TrainingSetup } from './TrainingSetup.tsx'
import { UnfinishedNotice } from './UnfinishedNotice.tsx'
import { UserModelList } from './UserModels.tsx'

export default function FineTuneBody() {
  const training = usePage((state) => state.training.session)
  const isOver = !training || training.phase === 'ended'
  return (
    <>
      {isOver && <UnfinishedNotice />}
      {training && <TrainingPanel session={training} />}
      {/* A result and its model stay together; the next session is set up below them. */}
      {training && <UserModelList />}
      {isOver && training && <h3>Another session</h3>}
      {isOver && <TrainingSetup />}
      {!training && <UserModelList />}
    </>
  )
}
