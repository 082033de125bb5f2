/** The paper's comparison on one clip. */
export default function ResultsBody() {
  return <p className="small soft">…</p>
}
