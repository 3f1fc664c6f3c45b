/** A text in quotes, or a sign that opens, closes or parts objects and lists. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g

/**
 * The first key that an object of a JSON text has twice, if there is one: `JSON.parse` keeps the last and says nothing, so
 * that of two nodes of one id one would be lost. The text must be valid JSON.
 */
export function repeatedKey(text: string): string | undefined {
  const open: (Set<string> | undefined)[] = []
  let isKey = false
  for (const [token] of text.matchAll(TOKEN)) {
    const keys = open.at(-1)
    if (token === '{') open.push(new Set())
    else if (token === '[') open.push(undefined)
    else if (token === '}' || token === ']') open.pop()
    else if (isKey && keys && token.startsWith('"')) {
      const key = JSON.parse(token) as string
      if (keys.has(key)) return key
      keys.add(key)
    }
    isKey = token === '{' || (token === ',' && open.at(-1) !== undefined)
  }
  return undefined
}
