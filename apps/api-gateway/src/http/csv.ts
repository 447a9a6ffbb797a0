import { Readable } from 'node:stream';
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '@peyk/contracts';
import { csvLines } from '@peyk/files';
import type { FastifyReply } from 'fastify';

// Without it Excel reads UTF-8 as the machine's old code page.
const byteOrderMark = '\ufeff';
const retryPausesMs = [500, 2_000];
/** Of a download that has begun: the client keeps what it has, so an outage of a minute is waited for. */
const patientPausesMs = [...retryPausesMs, 5_000, 10_000, 20_000, 20_000];

/**
 * Answers with a CSV that is read page by page as fast as the client takes it. The first page is read before anything is
 * sent, so that a refusal is still a proper error; when a later one fails the connection is cut, so that half a file does
 * not look whole.
 */
export async function sendCsv(
  reply: FastifyReply,
  fileName: string,
  headings: readonly string[],
  pages: AsyncGenerator<string, void, undefined>,
  finished: () => void,
): Promise<void> {
  try {
    const first = await pages.next();
    const stream = Readable.from(whole(byteOrderMark + csvLines([headings]), first, pages), {
      objectMode: false,
      highWaterMark: 64 * 1024,
    });
    stream.once('close', finished);
    void reply
      .header('content-type', 'text/csv; charset=utf-8; header=present')
      .header('content-disposition', `attachment; filename="${fileName}"`)
      .send(stream);
  } catch (error) {
    finished();
    throw error;
  }
}

async function* whole(
  heading: string,
  first: IteratorResult<string, void>,
  rest: AsyncGenerator<string, void, undefined>,
): AsyncGenerator<string> {
  yield heading;
  if (first.done) return;
  if (first.value) yield first.value;
  yield* rest;
}

/** Page by page behind each one's `nextCursor`, as long as somebody takes them. */
export async function* pagesOf<P extends { readonly nextCursor?: string }>(
  read: (cursor: string | undefined) => Promise<P>,
): AsyncGenerator<P, void, undefined> {
  let cursor: string | undefined;
  do {
    const page: P = await patiently(() => read(cursor), cursor ? patientPausesMs : retryPausesMs);
    yield page;
    // Others get their turn, also where the next page is there at once.
    await turn();
    cursor = page.nextCursor;
  } while (cursor);
}

/** A service that is away for a moment must not spoil a long download. */
export async function patiently<T>(
  read: () => Promise<T>,
  pausesMs: readonly number[] = retryPausesMs,
): Promise<T> {
  for (const pauseMs of pausesMs) {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'service.unavailable') throw error;
      await sleep(pauseMs);
    }
  }
  return read();
}
