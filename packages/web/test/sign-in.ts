import type { BrowserContext, Page } from 'playwright-core';

export const admin = { name: 'Ada Admin', email: 'ada@example.com', password: 'three quiet words' };

/** Makes the first admin as a person does: the first visit leads there. */
export async function setUpAdmin(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByRole('heading', { name: 'Create the first admin' }).waitFor();
  await page.getByLabel('Name').fill(admin.name);
  await page.getByLabel('Email').fill(admin.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(admin.password);
  await page.getByRole('button', { name: 'Create and sign in' }).click();
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
}

/** What the page complains about, to be empty at the end. */
export function complaintsOf(context: BrowserContext): string[] {
  const complaints: string[] = [];
  context.on('weberror', (error) => complaints.push(error.error().message));
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  return complaints;
}
