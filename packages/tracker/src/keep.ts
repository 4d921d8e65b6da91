type Store = { [name: string]: string | undefined };

const store = openStore();

/** What was kept under the name; '' where nothing was. */
export function recall(name: string): string {
  return store[`touchstone.${name}`] ?? '';
}

/** Answers what is kept now. */
export function keep(name: string, value: string | number | boolean): string {
  const text = `${value}`;
  store[`touchstone.${name}`] = text;
  return text;
}

/** The browser's store; where there is none or it is refused, one that lives as long as the page. */
function openStore(): Store {
  try {
    return (localStorage as unknown as Store | null) ?? {};
  } catch {
    return {};
  }
}
