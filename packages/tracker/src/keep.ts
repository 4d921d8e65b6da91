type Store = { [name: string]: string | undefined };

const store = openStore();

/** What was kept under the name; '' where nothing was. */
export function recall(name: string): string {
  return store[`touchstone.${name}`] ?? '';
}

export function keep(name: string, value: string): void {
  store[`touchstone.${name}`] = value;
}

/** The browser's store; where there is none or it is refused, one that lives as long as the page. */
function openStore(): Store {
  try {
    return (localStorage as unknown as Store | null) ?? {};
  } catch {
    return {};
  }
}
