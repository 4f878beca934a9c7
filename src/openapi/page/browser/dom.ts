type Child = Node | string;

/** Creates an element. Text stays text: nothing here is read as markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  className: string,
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const created = document.createElement(name);
  if (className !== '') created.className = className;
  created.append(...children);
  return created;
}

export function all<T extends HTMLElement = HTMLElement>(selector: string, within: ParentNode = document): T[] {
  return [...within.querySelectorAll<T>(selector)];
}

export function byId<T extends HTMLElement = HTMLElement>(id: string): T | null {
  return document.getElementById(id) as T | null;
}

/** Creates a button that copies what the function returns, and says so. */
export function copyButton(source: HTMLElement): HTMLButtonElement {
  const button = element('button', 'plain copy', 'Copy');
  button.type = 'button';
  button.addEventListener('click', () => {
    void copy(source).then((done) => {
      button.textContent = done ? 'Copied' : 'Selected: press Ctrl+C';
      setTimeout(() => (button.textContent = 'Copy'), 2000);
    });
  });
  return button;
}

/** Copies the text of an element. Over plain HTTP there is no clipboard, so that the text is selected instead. */
async function copy(source: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(source.textContent);
    return true;
  } catch {
    getSelection()?.selectAllChildren(source);
    return false;
  }
}
