/** Blind listening tests, from plan to result. */
export default function ListeningTestBody() {
  return <p className="small soft">…</p>
}
