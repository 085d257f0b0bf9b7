/** A browser's storage with one value in it. */
export function memory(start: string | null = null): Storage {
  let value = start;
  return {
    getItem: () => value,
    setItem: (_key: string, next: string) => {
      value = next;
    },
  } as unknown as Storage;
}

export function forbidden(): Storage {
  throw new Error('storage is forbidden');
}
