/** Hand a text to the browser's downloads. */
export function saveText(text: string, name: string): void {
  const link = document.createElement('a')
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
