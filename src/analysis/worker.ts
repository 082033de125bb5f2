/**
 * The analysis worker: passes calls to the in-thread analysis and sends heartbeats. The page ends it with `terminate`.
 */
import { Heartbeat } from '../worker/heartbeat.ts'
import { type Port, serve } from '../worker/rpc.ts'
import { createAnalysis, measurePart } from './in-thread.ts'
import type { AnalysisCalls } from './protocol.ts'

const analysis = createAnalysis()

// The page's DOM types describe `self` as a window; only the three methods of a port are used.
serve<AnalysisCalls>(
  self as Port,
  {
    watch: new Heartbeat().watch,
    open: (input) => analysis.open(input),
    decode: (file) => analysis.decode(file),
    unpack: (file) => analysis.unpack(file),
    analyse: (input) => analysis.analyse(input),
    measurePart,
    compare: (input, context) => analysis.compare(input, context),
    griffinLim: (input, context) => analysis.griffinLim(input, context),
    openReference: (file) => analysis.openReference(file),
    difference: (input) => analysis.difference(input),
    melDifference: (input) => analysis.melDifference(input),
    lowPass: (input) => analysis.lowPass(input),
    sha256: (audio) => analysis.sha256(audio),
    encodeWav: (input) => analysis.encodeWav(input),
    encodeMel: (mel) => analysis.encodeMel(mel),
  },
  { returnsPayloads: true },
)
