/** Many files, one after the other. */
export default function BatchBody() {
  return <p className="small soft">…</p>
}
