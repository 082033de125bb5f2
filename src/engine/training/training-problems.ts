/** What more than one implementation of fine-tuning refuses with. */
import { ProblemError } from '../../base/problem.ts'

export function trainingElsewhere(): ProblemError {
  return new ProblemError({
    code: 'training-elsewhere',
    message: 'A model is being fine-tuned already, here or in another tab.',
    accepted: 'one session at a time',
    remedy: 'Wait until it has ended, or stop it there.',
  })
}

export function checkpointGone(sessionId: string): ProblemError {
  return new ProblemError({
    code: 'checkpoint-gone',
    message: 'There is no checkpoint of this session that could be read.',
    found: sessionId,
    remedy: 'Begin anew. A checkpoint that was downloaded can be opened instead.',
  })
}
