import { resumesExactly } from './exact-resume.js'

// A file for each number of threads: TensorFlow takes it once for a process.
resumesExactly(2)
