import { describe, expect, it } from 'vitest'
import { answeredSession } from '../testing/sessions.ts'
import { resultAsCsv } from './result-csv.ts'

/** Parses RFC 4180, character by character. */
function parse(csv: string): string[][] {
  const rows: string[][] = [['']]
  let quoted = false
  for (let index = 0; index < csv.length; index++) {
    const row = rows[rows.length - 1]
    const [char, next] = [csv[index], csv[index + 1]]
    if (quoted && char === '"' && next === '"') row[row.length - 1] += csv[++index]
    else if (char === '"') quoted = !quoted
    else if (!quoted && char === ',') row.push('')
    else if (!quoted && char === '\r' && next === '\n') {
      index++
      rows.push([''])
    } else row[row.length - 1] += char
  }
  return rows.slice(0, -1)
}

function records(csv: string): readonly Record<string, string>[] {
  const [header, ...rows] = parse(csv)
  for (const row of rows) expect(row).toHaveLength(header.length)
  expect(new Set(header).size).toBe(header.length)
  return rows.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index]])))
}

describe('resultAsCsv', () => {
  it('has a row per ABX answer, with its truth', () => {
    const session = answeredSession('abx')
    const rows = records(resultAsCsv(session))
    expect(rows).toHaveLength(10)
    for (const [index, row] of rows.entries()) {
      const { x, clip } = session.trials[index]
      const { choice } = session.answers[index]
      expect(row).toMatchObject({
        trial: String(index + 1),
        clip: `Clip ${clip + 1}`,
        x: x === 0 ? 'A' : 'B',
        answer: choice === 0 ? 'A' : 'B',
        correct: x === choice ? '1' : '0',
        seconds: (4.5 + index).toFixed(2),
        test_seed: '7',
        backend: 'wasm',
      })
      expect([row.a_label, row.b_label].toSorted()).toEqual(['InferGrad, 2 steps', 'WaveGrad, 6 steps'])
      expect(row.a_audio_sha256).toMatch(/^[0-9a-f]{64}$/)
      const side = row.a_condition === 'i2' ? 'a' : 'b'
      expect(row[`${side}_betas`]).toBe('0.03 0.8')
      expect(row[`${side}_model`]).toBe('infergrad-small')
      expect(row[`${side}_corrections`]).toBe('4')
      expect(row[`${side}_corrections_momentum`]).toBe('0')
      expect(row[`${side}_gain_db`]).toBe('-0.5')
    }
  })

  it('names the preferred condition, or the better one', () => {
    for (const row of records(resultAsCsv(answeredSession('preference')))) {
      const expected = { A: row.a_label, B: row.b_label, neither: '' }[row.answer]
      expect(row.answer_label).toBe(expected)
    }
    for (const row of records(resultAsCsv(answeredSession('cmos')))) {
      const score = Number(row.answer)
      expect(row.answer_label).toBe(score === 0 ? '' : score > 0 ? row.b_label : row.a_label)
    }
  })

  it('has a row per MUSHRA rating', () => {
    const session = answeredSession('mushra')
    const rows = records(resultAsCsv(session))
    expect(rows).toHaveLength(3 * 6)
    expect(rows.map(({ rating }) => Number(rating))).toEqual(
      session.answers.flatMap(({ ratings }) => ratings),
    )
    expect(rows.filter(({ condition }) => condition === 'reference')).toHaveLength(3)
    expect(rows.find(({ condition }) => condition === 'reference')?.label).toBe('Hidden reference')
  })

  it('keeps text unchanged, except formulas', () => {
    const session = answeredSession('abx')
    const csv = resultAsCsv({
      ...session,
      plan: { ...session.plan, title: '=HYPERLINK("http://x","a, b")' },
      clipTitles: ['+1', 'two\nlines', 'plain "quoted"'],
    })
    const titles = new Set(records(csv).map(({ clip }) => clip))
    expect(titles).toEqual(new Set(["'+1", 'two\nlines', 'plain "quoted"']))
    expect(records(csv)[0].test).toBe('\'=HYPERLINK("http://x","a, b")')
  })
})
