import { analysisContract } from './analysis.contract.ts'
import { createAnalysis } from './in-thread.ts'

analysisContract('analysis in the calling thread', createAnalysis)
