/** The problems with which fine-tuning refuses a request or ends. */
import { type Problem, ProblemError } from '../../base/problem.ts'

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
    remedy: 'Start again, or open a checkpoint that you downloaded.',
  })
}

/** `made` is the id of the checkpoint's model, `asked` that of the requested one. */
export function checkpointOfAnotherModel(made: string, asked: string, cause?: ProblemError): ProblemError {
  return new ProblemError(
    {
      code: 'checkpoint-of-another-model',
      message: 'The checkpoint was not made from this model.',
      found: made,
      accepted: asked,
      remedy: `Choose the model "${made}" to start from, or begin without the checkpoint.`,
    },
    { cause },
  )
}

export function lossDiverged(step: number): Problem {
  return {
    code: 'training-diverged',
    message: `The loss diverged at step ${step}, and the session ended there.`,
    remedy: 'Lower the learning rate to a third, or the gradient norm, and start again.',
  }
}
