/** Where takes differ, from each other, from the recording, from the mel. */
export default function DifferencesBody() {
  return <p className="small soft">…</p>
}
