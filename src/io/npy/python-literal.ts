/**
 * Parses the Python literals that NumPy writes into its headers: dictionaries, tuples, lists, strings, integers, True,
 * False and None. Evaluating untrusted text is not an option.
 */

export type PythonLiteral =
  | null
  | boolean
  | number
  | string
  | readonly PythonLiteral[]
  | ReadonlyMap<string, PythonLiteral>

/** Thrown on anything else, with the position; readers convert it to a refusal that names the file. */
export class PythonLiteralError extends Error {
  constructor(expected: string, position: number) {
    super(`${expected} expected at character ${position + 1}`)
    this.name = 'PythonLiteralError'
  }
}

const maxDepth = 16
const words: ReadonlyMap<string, PythonLiteral> = new Map([
  ['True', true],
  ['False', false],
  ['None', null],
])

/** `text` must be one literal with nothing but white space around it. */
export function parsePythonLiteral(text: string): PythonLiteral {
  let at = 0

  function match(pattern: RegExp): string | undefined {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0]
    if (found !== undefined) at += found.length
    return found
  }
  const skipSpace = () => match(/[ \t\r\n]*/y)
  const take = (character: string) => {
    skipSpace()
    if (text[at] !== character) return false
    at++
    return true
  }

  function value(depth: number): PythonLiteral {
    if (depth > maxDepth) throw new PythonLiteralError('less nesting', at)
    skipSpace()
    if (take('{')) return dictionary(depth)
    if (take('(')) return items(')', depth)
    if (take('[')) return items(']', depth)
    if (text[at] === "'" || text[at] === '"') return string()
    // Python 2 marks long integers with an L.
    const number = match(/-?\d+L?(?![\w.])/y)
    if (number !== undefined) return Number.parseInt(number, 10)
    const word = words.get(match(/[A-Za-z]+/y) ?? '')
    if (word === undefined) throw new PythonLiteralError('a literal', at)
    return word
  }

  /** Refuses backslashes, since no name or type that NumPy writes needs one. */
  function string(): string {
    const found = match(/'[^'\\\n]*'|"[^"\\\n]*"/y)
    if (found === undefined) throw new PythonLiteralError('a plain string', at)
    return found.slice(1, -1)
  }

  function items(close: ')' | ']', depth: number): PythonLiteral {
    const found: PythonLiteral[] = []
    let comma = true
    while (!take(close)) {
      if (!comma) throw new PythonLiteralError('a comma', at)
      found.push(value(depth + 1))
      comma = take(',')
    }
    // (x) is a parenthesised x; (x,) is a tuple of one.
    return close === ')' && found.length === 1 && !comma ? found[0] : found
  }

  function dictionary(depth: number): PythonLiteral {
    const found = new Map<string, PythonLiteral>()
    let comma = true
    while (!take('}')) {
      if (!comma) throw new PythonLiteralError('a comma', at)
      skipSpace()
      const key = string()
      if (found.has(key)) throw new PythonLiteralError(`a key other than '${key}' again`, at)
      if (!take(':')) throw new PythonLiteralError('a colon', at)
      found.set(key, value(depth + 1))
      comma = take(',')
    }
    return found
  }

  const literal = value(0)
  skipSpace()
  if (at < text.length) throw new PythonLiteralError('the end', at)
  return literal
}
