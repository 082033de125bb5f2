/** The name of a figure, which the glossary explains if it has an entry. */
import { Term } from '../glossary/Term.tsx'
import type { FigureText } from './figure-texts.ts'

export function FigureName({ text: { label, term } }: { readonly text: FigureText }) {
  return term ? <Term name={term}>{label}</Term> : label
}
