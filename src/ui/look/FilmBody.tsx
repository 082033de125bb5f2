/** The reverse process as a film strip. */
export default function FilmBody() {
  return <p className="small soft">…</p>
}
