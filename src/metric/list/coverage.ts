/** Coverage@k: how many distinct titles appear in anyone's top k. */
export function coverage(lists: readonly ArrayLike<number>[], k: number): number {
  const titles = new Set<number>();
  for (const list of lists) for (let r = 0; r < Math.min(k, list.length); r++) titles.add(list[r]);
  return titles.size;
}
