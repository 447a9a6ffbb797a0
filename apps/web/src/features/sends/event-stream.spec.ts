import { serverEvents } from './event-stream';

async function read(...chunks: readonly string[]): Promise<string[]> {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(encoder.encode(chunk));
      controller.close();
    },
  });
  const events: string[] = [];
  for await (const { event, data } of serverEvents(body)) events.push(`${event}=${data}`);
  return events;
}

describe(serverEvents, () => {
  it('joins what comes in pieces, wherever they are cut', async () => {
    const text = 'retry: 2000\n\nevent: snapshot\ndata: {"a":1}\n\n:\n\nevent: end\ndata: {}\n\n';
    expect(await read(text)).toEqual(['snapshot={"a":1}', 'end={}']);
    expect(await read(...text)).toEqual(['snapshot={"a":1}', 'end={}']);
  });

  it('keeps letters that are cut between two chunks', async () => {
    const bytes = new TextEncoder().encode('data: \u0633\n\n');
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(bytes.slice(0, 7));
        controller.enqueue(bytes.slice(7));
        controller.close();
      },
    });
    const events = [];
    for await (const event of serverEvents(body)) events.push(event);
    expect(events).toEqual([{ event: 'message', data: '\u0633' }]);
  });

  it('does not tell an event that never ended', async () => {
    expect(await read('event: progress\ndata: {}\n')).toEqual([]);
  });
});
