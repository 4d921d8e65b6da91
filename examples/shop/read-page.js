import { existsSync, readFileSync } from 'node:fs';

const types = { html: 'text/html; charset=utf-8', css: 'text/css', js: 'text/javascript' };

/** A file of `pages/` by its address, `/dress` being `dress.html`, with the values put in for `{{NAME}}`. */
export function readPage(pathname, values) {
  const name =
    pathname === '/' ? 'index.html' : `${pathname.slice(1)}${pathname.includes('.') ? '' : '.html'}`;
  const file = new URL(`pages/${name}`, import.meta.url);
  if (!/^[\w-]+\.(html|css|js)$/.test(name) || !existsSync(file)) {
    return {
      status: 404,
      type: types.html,
      content: '<!doctype html><title>Not here</title><h1>Not here</h1>',
    };
  }
  const content = readFileSync(file, 'utf8').replace(/\{\{(\w+)\}\}/g, (_, value) => values[value] ?? '');
  return { status: 200, type: types[name.split('.')[1]], content };
}
