import { randomUUID } from 'node:crypto';
import { maxHeaderSize, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { errorTable } from '@peyk/contracts';
import type { ErrorCode, ErrorDetails } from '@peyk/contracts';
import { requestIdHeader } from './request-hooks';

interface Refusal {
  readonly status: number;
  readonly code: ErrorCode;
  readonly details?: ErrorDetails;
}

/** By the codes of Node's HTTP parser; anything else is no HTTP. */
const refusals: Readonly<Record<string, Refusal>> = {
  HPE_HEADER_OVERFLOW: { status: 431, code: 'input.tooLarge', details: { maxBytes: maxHeaderSize } },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: { status: 413, code: 'input.tooLarge' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, code: 'input.invalid', details: unread('whole') },
};
const noHttp: Refusal = { status: 400, code: 'input.invalid', details: unread('http') };

function unread(rule: string): ErrorDetails {
  const message = rule === 'whole' ? 'The request was not sent to its end' : 'The request is not valid HTTP';
  return { fields: [{ field: 'request', rule, message }] };
}

/**
 * Answers what Node's parser could not read as a request (headers that are too large, no HTTP at all), in the one error
 * shape, and cuts the line. There is no request yet: no language, no route, no hooks.
 */
export function answerUnread(error: Error & { readonly code?: string }, socket: Socket): void {
  // Reset by the other side: there is nobody to tell.
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy(error);
    return;
  }
  const { status, code, details } = refusals[error.code ?? ''] ?? noHttp;
  const requestId = randomUUID();
  const body = JSON.stringify({ code, message: errorTable[code].fa, ...(details && { details }), requestId });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'content-language: fa',
    'cache-control: no-store',
    `${requestIdHeader}: ${requestId}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
