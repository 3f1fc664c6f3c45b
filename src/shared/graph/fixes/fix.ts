import type { Document } from '../../document/document.js'
import type { Issue } from '../../errors.js'
import type { Expansion, PortShapes } from '../expand.js'
import type { HeadFacts } from '../graph.js'

/** A mend: its title and the command that does it. */
export type Fix = NonNullable<Issue['fix']>

/** A net with a problem, as fixes look at it. */
export interface Broken {
  readonly document: Document
  readonly expansion: Expansion
  readonly heads: readonly HeadFacts[]
  /** Inside an own block: the shapes that enter it. */
  readonly ports?: PortShapes | undefined
}

/** What might mend an issue of one code, the most likely first; each is tried before it is offered. */
export type Proposals = (issue: Issue, broken: Broken) => readonly Fix[]
