import type { FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import type { Reply } from '../vocabulary/route.ts';
import { failureBody, type Refusal } from './refusals.ts';
import { csvOf } from './write-csv.ts';

/** An answer ready to be sent, or to be kept and sent again. */
export type Answer = { status: number; headers: Record<string, string>; body: string | Buffer };

/** A reply in its envelope, or as CSV where there is one and the caller prefers it. */
export function answerOf(request: FastifyRequest, reply: Reply): Answer {
  const status = reply.status ?? 200;
  if (reply.file !== undefined) {
    return { status, headers: { 'content-type': reply.file.type }, body: reply.file.content };
  }
  if (reply.csv !== undefined && prefersCsv(request)) {
    const headers = {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="${reply.csv.filename.replace(/[^\w.-]+/g, '-')}"`,
      vary: 'accept',
    };
    return { status, headers, body: csvOf(reply.csv) };
  }
  return {
    status,
    headers: { 'content-type': json, ...(reply.csv === undefined ? {} : { vary: 'accept' }) },
    body: JSON.stringify({ success: true, data: reply.data, meta: reply.meta }),
  };
}

export function answerOfRefusal(refusal: Refusal): Answer {
  const headers: Record<string, string> = { 'content-type': json };
  if (refusal.retryAfter !== undefined) headers['retry-after'] = String(refusal.retryAfter);
  if (refusal.allow !== undefined) headers.allow = refusal.allow.join(', ');
  return { status: refusal.status, headers, body: failureBody(refusal) };
}

export function sendAnswer(reply: FastifyReply, answer: Answer): FastifyReply {
  return reply.code(answer.status).headers(answer.headers).send(answer.body);
}

export const json = 'application/json; charset=utf-8';

function prefersCsv(request: FastifyRequest): boolean {
  return new Negotiator(request).mediaType(['application/json', 'text/csv']) === 'text/csv';
}
