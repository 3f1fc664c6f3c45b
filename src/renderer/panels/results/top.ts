/** Classes with the largest probabilities, the largest first; equal ones in class order. */
export function topClasses(
  probabilities: readonly number[],
  most: number,
): readonly { readonly index: number; readonly share: number }[] {
  return probabilities
    .map((share, index) => ({ index, share }))
    .sort((a, b) => b.share - a.share || a.index - b.index)
    .slice(0, most)
}
