/**
 * Version 1 kept whatever a file had under `blocks` without giving it a meaning; version 2 has own blocks there. What an
 * older file has goes on under `blocks_1`, as verbatim as it was.
 */
export function toVersion2(file: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { blocks, ...rest } = file
  const isEmpty = typeof blocks === 'object' && blocks !== null && Object.keys(blocks).length === 0
  return { ...rest, version: 2, blocks: {}, ...(isEmpty || blocks === undefined ? {} : { blocks_1: blocks }) }
}
