import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Answer } from './answer.ts';
import { type PlainRequest, readRequest } from './read-request.ts';

/** Answers a request of a page; undefined: it is the framework's. */
export type AnswerPage = (request: PlainRequest, socket: Socket) => Promise<Answer> | undefined;

/**
 * Reads connections before Node's HTTP server does, which takes 13 µs of each request. Plain requests of pages are answered
 * here. At the first one that is anything else, or when the server closes, the connection goes to Node's server for good,
 * as if it had just come.
 */
export function answerAtSockets(app: FastifyInstance, answerPage: AnswerPage): void {
  const { server } = app;
  const greet = server.listeners('connection') as ((socket: Socket) => void)[];
  const open = new Set<Connection>();
  let isClosing = false;
  app.addHook('preClose', async () => {
    isClosing = true;
    for (const connection of open) connection.endIfIdle();
  });
  server.removeAllListeners('connection').on('connection', read);

  function read(socket: Socket): void {
    let isAnswering = false;
    let early: Buffer | undefined;
    const listeners = { data, end: endIfIdle, timeout: endIfIdle, error: endIfIdle, close };
    const connection = { endIfIdle };
    open.add(connection);
    socket.setTimeout(server.keepAliveTimeout);
    for (const [event, listener] of Object.entries(listeners)) socket.on(event, listener);

    function data(chunk: Buffer): void {
      if (isAnswering) {
        // Requests are answered in order, and whoever sends on meanwhile waits as they would at Node's server.
        early = chunk;
        socket.pause();
      } else take(chunk);
    }

    function take(chunk: Buffer): void {
      // Whoever does not read what they are answered is left to Node, which then reads no more of them.
      const request = isClosing || socket.writableNeedDrain ? undefined : readRequest(chunk);
      const answer = request && answerPage(request, socket);
      if (answer === undefined) handOver(chunk);
      else {
        isAnswering = true;
        void answer.then(send);
      }
    }

    function send(answer: Answer): void {
      isAnswering = false;
      const isLast = isClosing || socket.readableEnded;
      socket.write(textOf(answer, isLast), isAscii(answer) ? 'latin1' : 'utf8');
      const next = early;
      early = undefined;
      if (isLast) socket.destroySoon();
      else if (next !== undefined) {
        take(next);
        socket.resume();
      }
    }

    function endIfIdle(): void {
      if (!isAnswering) socket.destroySoon();
    }

    function close(): void {
      open.delete(connection);
    }

    function handOver(chunk: Buffer): void {
      close();
      for (const [event, listener] of Object.entries(listeners)) socket.off(event, listener);
      socket.setTimeout(0);
      socket.pause();
      for (const listener of greet) listener.call(server, socket);
      socket.unshift(chunk);
      socket.resume();
    }
  }
}

type Connection = { endIfIdle(): void };

function textOf({ status, headers, body }: Answer, isLast: boolean): string {
  let head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\ndate: ${dateOfAnswer()}\r\n`;
  for (const name in headers) head += `${name}: ${headers[name]}\r\n`;
  if (isLast) head += 'connection: close\r\n';
  return `${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

// What is known to be ASCII is written in half the time; of an answer only its body may be anything else.
function isAscii({ body }: Answer): boolean {
  return Buffer.byteLength(body) === body.length;
}

let date = { second: 0, text: '' };

function dateOfAnswer(): string {
  const second = Math.floor(Date.now() / 1000);
  if (second !== date.second) date = { second, text: new Date(second * 1000).toUTCString() };
  return date.text;
}
