import type { Page } from 'playwright-core';

/** The keyboard of a page, used as one does who has no mouse: what is wanted is found by Tab, by its accessible name. */
export function keyboardOf(page: Page) {
  async function reach(name: string | RegExp, within?: 'columnheader'): Promise<void> {
    for (let steps = 0; steps < 120; steps += 1) {
      await page.keyboard.press('Tab');
      const focused = page.locator(':focus');
      if ((await focused.count()) === 0) continue;
      if (within !== undefined && (await page.locator('th :focus').count()) === 0) continue;
      if (matches(await nameOfFocused(page), name)) return;
    }
    throw new Error(`Tab never reached ${name}.`);
  }

  async function press(name: string | RegExp, within?: 'columnheader'): Promise<void> {
    await reach(name, within);
    await page.keyboard.press('Enter');
  }

  async function type(name: string, text: string): Promise<void> {
    await reach(name);
    await page.keyboard.type(text);
  }

  /** Chooses of a menu, which takes the focus only once it has come up. */
  async function choose(name: string): Promise<void> {
    for (let steps = 0; steps < 120; steps += 1) {
      await page.keyboard.press('ArrowDown');
      if (matches(await nameOfFocused(page), name)) return await page.keyboard.press('Enter');
      await page.waitForTimeout(50);
    }
    throw new Error(`The arrow never reached ${name}.`);
  }

  return { reach, press, type, choose };
}

function matches(given: string, name: string | RegExp): boolean {
  return typeof name === 'string' ? given === name : name.test(given);
}

/** The accessible name of what has the focus, as far as this dashboard gives names. */
async function nameOfFocused(page: Page): Promise<string> {
  return await page.evaluate(`(() => {
    const focused = document.activeElement;
    const label = focused.getAttribute('aria-label') ?? focused.labels?.[0]?.textContent ?? focused.textContent ?? '';
    return label.replace('*', '').trim();
  })()`);
}
