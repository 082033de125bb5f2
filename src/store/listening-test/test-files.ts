/** Opens and saves plans and results as files. The code of their formats is loaded only when it is needed. */
import { importChunk } from '../../base/import-chunk.ts'
import { ProblemError } from '../../base/problem.ts'
import type { TestSession } from '../../listening/test-session.ts'
import { bytesOf } from '../file-bytes.ts'
import { slug } from '../file-names.ts'
import type { Slice, SliceContext } from '../slice.ts'
import { linkablePlan, withoutTakes } from './plans/portable-plan.ts'
import type { OpenedResult, TestFilesActions, TestFilesState } from './test-state.ts'

/**
 * A test of a thousand trials takes less than one megabyte; a larger file is not a test and would take long to parse.
 */
const maxMegabytes = 8

const planFormat = () => importChunk(import('../../listening/plans/plan-file.ts'))
const planLink = () => importChunk(import('../../listening/plans/plan-link.ts'))
const resultFormat = () => importChunk(import('../../listening/results/result-file.ts'))

export function createTestFiles({
  get,
  set,
  actions,
  services: { examples },
}: SliceContext<'test'>): Slice<TestFilesState, TestFilesActions> {
  let nextId = 1

  /** Adds a result to the open results of the same plan, or on its own. */
  async function place(opened: Omit<OpenedResult, 'id'>): Promise<void> {
    const { pooledOutcome } = await importChunk(import('../../listening/results/outcome.ts'))
    const arePoolable = (sessions: readonly TestSession[]) => {
      try {
        pooledOutcome(sessions)
        return true
      } catch {
        return false
      }
    }
    set(({ openedResults }) => {
      const same = openedResults.find(
        ({ sessions }) =>
          !sessions.some(isSameAs(opened.sessions[0])) && arePoolable([...sessions, ...opened.sessions]),
      )
      if (!same) return { openedResults: [...openedResults, { id: nextId++, ...opened }] }
      const joined: OpenedResult = {
        id: same.id,
        fileNames: [...same.fileNames, ...opened.fileNames],
        sessions: [...same.sessions, ...opened.sessions],
        notes: [...same.notes, ...opened.notes],
      }
      return { openedResults: openedResults.map((one) => (one === same ? joined : one)) }
    })
  }

  return {
    state: { openedResults: [], voiceClips: [] },
    actions: {
      async listVoiceClips() {
        if (get().test.voiceClips.length > 0) return
        try {
          set({ voiceClips: (await examples.voice()).clips })
        } catch (thrown) {
          actions.problems.report(thrown)
        }
      },
      async openPlan(file) {
        try {
          const { readPlan } = await planFormat()
          set({ openedPlan: { fileName: file.name, plan: readPlan(await textOf(file), file.name) } })
        } catch (thrown) {
          actions.problems.report(thrown)
        }
      },
      async openPlanLink(hash) {
        try {
          const { holdsPlan, readPlanHash } = await planLink()
          if (holdsPlan(hash)) set({ openedPlan: { plan: await readPlanHash(hash) } })
        } catch (thrown) {
          actions.problems.report(thrown)
        }
      },
      closePlan: () => set({ openedPlan: undefined }),
      async planAsFile(plan) {
        try {
          const { writePlan } = await planFormat()
          const portable = withoutTakes(plan, get().takes.all)
          return { name: `${slug(plan.title)}-plan.json`, bytes: bytesOfText(writePlan(portable)) }
        } catch (thrown) {
          actions.problems.report(thrown)
          return undefined
        }
      },
      async planAsHash(plan) {
        try {
          const { planHash } = await planLink()
          return await planHash(linkablePlan(plan, get()))
        } catch (thrown) {
          actions.problems.report(thrown)
          return undefined
        }
      },
      async openResults(files) {
        for (const file of files) {
          try {
            const { readResult } = await resultFormat()
            const { session, notes } = await readResult(await textOf(file), file.name)
            await place({ fileNames: [file.name], sessions: [session], notes })
          } catch (thrown) {
            actions.problems.report(thrown)
          }
        }
      },
      async openFiles(files) {
        for (const file of files) {
          // This page writes the format within the first lines. The function that opens the file reports errors in it.
          const start = await file
            .slice(0, 1000)
            .text()
            .catch(() => '')
          if (start.includes('"listening-plan"') && !start.includes('"listening-result"'))
            await actions.test.openPlan(file)
          else await actions.test.openResults([file])
        }
      },
      closeResult(resultId) {
        set(({ openedResults }) => ({ openedResults: openedResults.filter(({ id }) => id !== resultId) }))
      },
      async resultAsJson(session) {
        try {
          const { writeResult } = await resultFormat()
          return { name: `${resultName(session)}.json`, bytes: bytesOfText(await writeResult(session)) }
        } catch (thrown) {
          actions.problems.report(thrown)
          return undefined
        }
      },
      async resultAsCsv(session) {
        try {
          const { resultAsCsv } = await importChunk(import('../../listening/results/result-csv.ts'))
          return { name: `${resultName(session)}.csv`, bytes: bytesOfText(resultAsCsv(session)) }
        } catch (thrown) {
          actions.problems.report(thrown)
          return undefined
        }
      },
    },
  }
}

const bytesOfText = (text: string) => new TextEncoder().encode(text)

async function textOf(file: File): Promise<string> {
  if (file.size > maxMegabytes * 2 ** 20) {
    throw new ProblemError({
      code: 'file-too-large',
      message: `${file.name} is too large to be a test plan or a result.`,
      found: `${Math.round(file.size / 2 ** 20)} MB`,
      accepted: `up to ${maxMegabytes} MB`,
      remedy: 'Choose the JSON file that the listening test wrote.',
      file: file.name,
    })
  }
  return new TextDecoder().decode((await bytesOf(file)).bytes)
}

/** Returns a name such as `abx-infergrad-at-2-steps-or-wavegrad-at-6-2026-01-02-0304`. */
function resultName({ plan, startedAt }: TestSession): string {
  const [day, time] = startedAt.split('T')
  return `${plan.kind}-${slug(plan.title)}-${day}-${time.slice(0, 5).replace(':', '')}`
}

/** Whether two files hold the same session; counting both would count one listener twice. */
const isSameAs = (session: TestSession) => (other: TestSession) =>
  other.startedAt === session.startedAt &&
  other.plan.seed === session.plan.seed &&
  other.plan.title === session.plan.title
