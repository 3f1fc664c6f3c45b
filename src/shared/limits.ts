/** What is refused before anything is allocated for it; a document may come from a stranger. */
export const LIMITS = {
  /** UTF-8 bytes of a document file. */
  documentBytes: 32 * 1024 * 1024,
  /** UTF-8 bytes of one message from a window: the largest document, as text within text, and room for others beside it. */
  messageBytes: 64 * 1024 * 1024,
  /** Levels of arrays and objects in a document file. */
  depth: 64,
  /** UTF-16 units of one string in a document file. */
  stringLength: 65_536,
  /** Unicode code points of a document's name or a node's id. */
  nameLength: 256,
  nodes: 10_000,
  wires: 40_000,
  /** Wires into one node. */
  inputs: 256,
  /** Own blocks of one document. */
  blocks: 1_000,
  /** Layers and blocks that own blocks may open to, all together. */
  opened: 20_000,
  /** Blocks within blocks. */
  nesting: 16,
  /** Largest distance from the origin of the canvas, in px. */
  coordinate: 1e7,
  /** Values in one tensor: more cannot be addressed by the runtimes. */
  elements: 2 ** 31 - 1,
  /** Weights of one model. */
  parameters: 2e9,
  undo: 1_000,
} as const
