import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { followMailLink, readMailLink } from '../touches/index.ts';
import type { ServerParts } from './build-server.ts';

const pixel = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

/** Nothing of these requests is read but the address, so that a form of any kind will do. */
const largestBodyBytes = 4 * 1024;

type Asked = FastifyRequest<{ Params: { '*': string } }>;

/**
 * Serves the links in mails that are sent by other means: a pixel that tells of opens, addresses that tell of clicks
 * and lead on, and a page to unsubscribe by. Asked for their heads alone they record nothing.
 */
export function serveMailLinks(app: FastifyInstance, { db, clock, log }: ServerParts): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: largestBodyBytes }, async () => undefined);
  const options = { schema: { hide: true }, bodyLimit: largestBodyBytes };
  const context = { db, clock };
  const isLooking = ({ method }: Asked) => method === 'HEAD';

  // Whatever the token is worth: a mail shows no broken picture.
  app.get('/e/o/*', options, async (request: Asked, reply) => {
    const token = await readMailLink(db, request.params['*'].replace(/\.gif$/, ''), 'open');
    if (token !== undefined && !isLooking(request)) {
      await followMailLink(context, token, request.headers['user-agent']);
    }
    return reply.header('cache-control', 'no-store').type('image/gif').send(pixel);
  });

  app.get('/e/c/*', options, async (request: Asked, reply) => {
    const token = await readMailLink(db, request.params['*'], 'click');
    if (token?.url === undefined) return page(reply, 404, leadsNowhere);
    if (!isLooking(request)) {
      // A reader is led on even where their click cannot be recorded.
      await followMailLink(context, token, request.headers['user-agent']).catch((error: unknown) =>
        log.error({ err: error }, 'a click in a mail was not recorded'),
      );
    }
    return reply.header('cache-control', 'no-store').redirect(new URL(token.url).href, 302);
  });

  // Programs that look where links lead must not unsubscribe anybody: that takes a POST.
  app.get('/e/u/*', options, async (request: Asked, reply) => {
    const token = await readMailLink(db, request.params['*'], 'unsubscribe');
    return token === undefined ? page(reply, 404, leadsNowhere) : page(reply, 200, question);
  });

  app.post('/e/u/*', options, async (request: Asked, reply) => {
    const token = await readMailLink(db, request.params['*'], 'unsubscribe');
    if (token === undefined) return page(reply, 404, leadsNowhere);
    await followMailLink(context, token, request.headers['user-agent']);
    return page(reply, 200, done);
  });
}

function page(reply: FastifyReply, status: number, content: string): FastifyReply {
  return reply
    .code(status)
    .headers({
      'cache-control': 'no-store',
      'content-security-policy':
        "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    })
    .type('text/html; charset=utf-8')
    .send(content);
}

function pageOf(title: string, rest: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<h1>${title}</h1>
${rest}
</html>
`;
}

const question = pageOf(
  'Unsubscribe?',
  '<form method="post"><p>You will get no more of these mails.</p><button>Unsubscribe</button></form>',
);
const done = pageOf('You are unsubscribed', '<p>You will get no more of these mails.</p>');
const leadsNowhere = pageOf('This link leads nowhere', '<p>It is not one of ours, or not a whole one.</p>');
